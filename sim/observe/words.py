"""Labels of the codes that families of indicators run over: {key: (code, zh, en)}."""

from sim.codes import Account, Body, Channel, Kind, Pay, Stream, Truth, Use

Members = dict[str, tuple[int, str, str]]

KINDS: Members = {
    "information": (Kind.INFORMATION, "信息咨询", "information"),
    "certificate": (Kind.CERTIFICATE, "证明与待遇", "certificates and benefits"),
    "help": (Kind.HELP, "老年与困难帮扶", "help for the old or needy"),
    "repair": (Kind.REPAIR, "维修与物业服务", "repair and property service"),
    "environment": (Kind.ENVIRONMENT, "环境与安全", "environment and safety"),
    "neighbours": (Kind.NEIGHBOURS, "邻里纠纷", "disputes between neighbours"),
    "owner_firm": (Kind.OWNER_FIRM, "业主与物业纠纷", "disputes between owners and firm"),
    "project": (Kind.PROJECT, "公共项目", "collective projects"),
    "grievance": (Kind.GRIEVANCE, "涉及干部或上级的申诉", "grievances that implicate a cadre or an office above"),
}
SOLVERS: Members = {
    "government": (Truth.GOVERNMENT, "政府与社区公共机构", "government and public bodies of the community"),
    "market": (Truth.MARKET, "市场", "the market"),
    "society": (Truth.SOCIETY, "社会组织", "organised society"),
    "neighbour": (Truth.NEIGHBOUR, "邻里", "neighbours"),
    "self": (Truth.SELF, "居民本人", "the resident"),
}
STREAMS: Members = {
    "above": (Stream.ABOVE, "上级事项", "items from above"),
    "demand": (Stream.DEMAND, "居民诉求", "residents' cases"),
    "initiative": (Stream.INITIATIVE, "走访与自主工作", "visits and own initiative"),
    "meeting": (Stream.MEETING, "会议", "meetings"),
    "coordination": (Stream.COORDINATION, "协调与移交", "messages and hand-overs"),
    "ledger": (Stream.LEDGER, "台账", "ledgers"),
    "oversight": (Stream.OVERSIGHT, "检查与回访", "oversight and call-back"),
    "idle": (Stream.IDLE, "未使用", "no work"),
}
PAYS: Members = {
    "public": (Pay.PUBLIC, "财政供养工时", "hours paid from public money"),
    "overtime": (Pay.OVERTIME, "加班工时", "overtime hours"),
    "fee": (Pay.FEE, "收费支付的工时", "hours paid from fees and prices"),
    "volunteer": (Pay.VOLUNTEER, "志愿工时", "volunteer hours"),
    "board": (Pay.BOARD, "理事会与监事会工时", "hours of council and supervisory board"),
}
BODIES: Members = {
    "street_office": (Body.STREET_OFFICE, "街道办事处", "subdistrict office"),
    "street_desk": (Body.STREET_DESK, "街道办事窗口", "service windows of the subdistrict"),
    "party": (Body.PARTY, "社区党组织", "Party organization of the community"),
    "committee": (Body.COMMITTEE, "居民委员会", "residents' committee"),
    "station": (Body.STATION, "社区事务工作站", "community affairs service station"),
    "security": (Body.SECURITY, "综治组织", "comprehensive-management bodies"),
    "mass": (Body.MASS, "群团组织", "mass organizations"),
    "owners": (Body.OWNERS, "业主委员会", "owners' committees"),
    "firm": (Body.FIRM, "物业公司", "property firms"),
    "company": (Body.COMPANY, "服务企业", "service companies"),
    "organisation": (Body.ORGANISATION, "社会组织", "social organisations"),
    "group": (Body.GROUP, "群众团队", "residents' groups"),
    "unit": (Body.UNIT, "驻社区单位", "resident units"),
    "council": (Body.COUNCIL, "社区理事会", "community council"),
    "board": (Body.BOARD, "社区监事会", "community supervisory board"),
}
CHANNELS: Members = {
    "desk": (Channel.DESK, "现场接待", "the reception desk"),
    "firm_desk": (Channel.FIRM_DESK, "物业前台", "the property firm's desk"),
    "box": (Channel.BOX, "联系箱", "the contact box"),
    "phone": (Channel.PHONE, "社区民生电话", "the community's own line"),
    "net": (Channel.NET, "社区网络与群组", "community groups and web site"),
    "microblog": (Channel.MICROBLOG, "社区微博", "the community microblog"),
    "hotline": (Channel.HOTLINE, "市级热线", "the city hotline"),
    "patch": (Channel.PATCH, "片区干部与片长", "patch officers and piece-heads"),
    "representative": (Channel.REPRESENTATIVE, "居民代表", "residents' representatives"),
    "petition": (Channel.PETITION, "信访", "letters and visits"),
    "platform": (Channel.PLATFORM, "信息化诉求平台", "the demand platform"),
    "organisation": (Channel.ORGANISATION, "社会组织反映", "social organisations"),
    "leader_visit": (Channel.LEADER_VISIT, "领导下访接访", "leaders' visits"),
}
CAUSES: Members = {
    "staff": (0, "人手", "staff hours"),
    "body": (1, "其他机构", "another body"),
    "meeting": (2, "会议", "a meeting"),
    "money": (3, "资金", "money"),
    "consent": (4, "相关居民同意", "consent of residents"),
    "date": (5, "外部日期", "an outside date"),
}
# positions in Run.groups
GROUPS: Members = {
    "vulnerable": (0, "困难群体", "vulnerable residents"),
    "migrants": (1, "外来居民", "migrants"),
    "owners": (2, "自有住房居民", "owner-occupiers"),
    "party": (3, "党员", "Party members"),
    "old": (4, "60岁及以上居民", "residents aged 60 and over"),
}
ATTITUDES: Members = {
    "trust": (0, "信任", "trust"),
    "standing": (1, "居委会威望", "standing of the residents' committee"),
    "efficacy": (2, "表达效能感", "belief that speaking is answered"),
    "belonging": (3, "归属感", "belonging"),
    "satisfaction": (4, "对自身问题处理的满意度", "satisfaction with how own problems went"),
}
SOURCES: Members = {
    "fiscal": (Account.FISCAL, "财政", "the state's budget"),
    "residents": (Account.RESIDENTS, "居民", "residents"),
    "suppliers": (Account.SUPPLIERS, "供应商及其他外部单位", "suppliers and others outside"),
    "donors": (Account.DONORS, "捐助单位、企业和个人", "units, firms and persons as givers"),
}
USES: Members = {
    "allocation": (Use.ALLOCATION, "拨款", "allocations"),
    "pay": (Use.PAY, "人员报酬", "staff pay"),
    "office": (Use.OFFICE, "办公支出", "office costs"),
    "case": (Use.CASE, "居民诉求办理", "residents' cases"),
    "project": (Use.PROJECT, "公共项目", "projects"),
    "item": (Use.ITEM, "上级事项", "items from above"),
    "fee": (Use.FEE, "物业费", "property fees"),
    "wage": (Use.WAGE, "企业工资", "wages of firms and companies"),
    "purchase": (Use.PURCHASE, "购买服务", "purchased services"),
    "gift": (Use.GIFT, "捐助", "gifts"),
    "common_income": (Use.COMMON_INCOME, "公共收益", "common income"),
    "dividend": (Use.DIVIDEND, "分红", "dividends"),
    "election": (Use.ELECTION, "选举", "elections"),
    "transition": (Use.TRANSITION, "改革转换", "the change-over"),
    "profit": (Use.PROFIT, "利润", "profit"),
    "asset": (Use.ASSET, "集体资产", "collective assets"),
}


def subset(members: Members, *keys: str) -> Members:
    """Some members, in the order asked."""
    return {key: members[key] for key in keys}
