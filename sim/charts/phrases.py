"""What the charts say, in both languages: {key: (Chinese, English)}; values in braces are filled in."""

from sim.charts.phrases_designs import DESIGNS

PHRASES: dict[str, tuple[str, str]] = {
    "footer": (
        "每组 n = {n} 次模拟。{standing}。模型版本 {version},配置 {config}。\n"
        "模拟结果,不评价任何真实社区。Simulated; does not assess any real community.",
        "n = {n} runs an arm. {standing}. Model {version}, configuration {config}.\n"
        "Simulated; does not assess any real community. 模拟结果,不评价任何真实社区。",
    ),
    "none differs": (
        "{indicator}:没有方案能与基线区分",
        "{indicator}: no arm is distinguishable from the baseline",
    ),
    "some differ": ("{indicator}:{parts}{rest}", "{indicator}: {parts}{rest}"),
    "too few": (
        "{indicator}:配对重复少于 {n} 对,不足以判断",
        "{indicator}: fewer than {n} pairs, too few to tell",
    ),
    "scorecard too few": (
        "共 {total} 项差异;配对重复少于 {n} 对,不足以判断",
        "{total} differences from the baseline; fewer than {n} pairs, too few to tell",
    ),
    "then": (";", "; "),
    "first rows": (";此处为 {total} 项指标中的前 {k} 项", "; the first {k} of {total} indicators"),
    "part": ("“{arm}”{amount}({low} 至 {high})", "{arm} {amount} ({low} to {high})"),
    "and": ("、", ", "),
    "also differ": (";另有 {k} 个方案有差异", "; {k} more also differ"),
    "the others": (";其余 {k} 个与基线无法区分", "; {k} not distinguishable from the baseline"),
    "right": ("越大越好", "higher is better"),
    "left": ("越小越好", "lower is better"),
    "better": ("更好,区间不含零", "better, interval excludes zero"),
    "worse": ("更差,区间不含零", "worse, interval excludes zero"),
    "different": ("有差异,无好坏之分", "different, neither better nor worse"),
    "unclear": ("区间含零,无法区分", "interval covers zero"),
    "forest subtitle": (
        "与基线“{baseline}”的配对差异(同一批居民、同一批问题):点为均值,横线为 95% 区间,未作多重比较校正",
        "Paired differences from the baseline, {baseline} (same residents, same problems): dot mean, "
        "line 95% interval, not adjusted for the number of comparisons",
    ),
    "scorecard title": (
        "与基线相比,{total} 项差异中有 {k} 项的区间不含零;更好 {better} 项,更差 {worse} 项,无好坏之分 {neutral} 项",
        "{k} of {total} differences from the baseline have an interval that excludes zero: "
        "{better} better, {worse} worse, {neutral} neither",
    ),
    "scorecard subtitle": (
        "格中数字为与基线“{baseline}”的配对差异;颜色为差异除以基线在各次模拟间的标准差;斜线表示 95% 区间含零",
        "Cells: paired difference from the baseline, {baseline}; colour: difference over the baseline's sd "
        "between runs; hatched: 95% interval covers zero",
    ),
    "holm": (
        ";按 Holm 法就 {total} 项比较校正后,{k} 项仍有差异(5%)",
        "; after Holm's correction for {total} comparisons {k} of them stand (5%)",
    ),
    "handling record": ("办件记录", "Handling record"),
    "residents' record": ("居民实感", "Residents' record"),
    "fan subtitle": (
        "“{indicator}”的季度均值,{unit};{n} 次模拟的分布;竖线为改革时点,横轴为改革后年数",
        "{indicator}, quarterly means over {n} runs an arm, {unit}; vertical line: reform; "
        "horizontal axis: years since the reform",
    ),
    "90%": ("90% 的模拟", "90% of runs"),
    "50%": ("50% 的模拟", "50% of runs"),
    "median": ("中位数", "median"),
    "median of": ("“{arm}”的中位数", "median of {arm}"),
    "reform": ("改革", "reform"),
    "years": ("改革后年数", "years since the reform"),
    "levels subtitle": (
        "各方案的绝对水平:点为均值,横线覆盖 90% 的模拟;竖线为基线“{baseline}”的均值",
        "Absolute levels by arm: dot mean, line 90% of runs; vertical line: mean of the baseline, {baseline}",
    ),
    "levels title": (
        "{indicator}:各方案均值介于 {low} 与 {high} 之间,基线为 {base}",
        "{indicator}: means from {low} to {high}, the baseline at {base}",
    ),
    "budgets subtitle": (
        "各项预算相对于基线“{baseline}”的差异;右侧数字为均值;灰带内(相差不足 {tolerance})视为相等;"
        "编制公共工时含空缺岗位,实际公共工时含加班",
        "Each budget relative to the baseline, {baseline}; numbers at the right: means; within the grey band "
        "({tolerance}) they count as equal; established hours include vacant posts, hours worked include overtime",
    ),
    "budgets equal": (
        "各项预算在各方案间相等(相差不足 {tolerance})",
        "All budgets are equal over the arms (within {tolerance})",
    ),
    "budgets differ": (
        "{parts}与基线相差超过 {tolerance}:结果差异可能来自投入",
        "{parts}: some arms differ from the baseline by more than {tolerance}, so other results may come from means",
    ),
    "held equal": ("设定为相等", "held equal"),
    "within": ("视为相等", "counts as equal"),
    "beyond": ("超出", "beyond that"),
    "worked": ("实际公共工时", "public hours worked"),
    "hours subtitle": (
        "各方案均值;格中为占整条(含未使用工时)的百分比;过窄的不标数字",
        "Means by arm; figures: per cent of the whole bar, hours without work included; narrow parts carry none",
    ),
    "hours heading": ("公共工时(含加班),按用途", "Public hours with overtime, by what they went to"),
    "money heading": (
        "社区各账户的支出,按用途(不含账户间划拨)",
        "Paid out by the community's purses, by use",
    ),
    "money by use": ("社区支出的去向", "What the community's money went to"),
    "other": ("其他", "other"),
    "hours title": (
        "实际用掉的公共工时中,上级事项所占:基线 {share},其他方案 {low} 至 {high}",
        "Of the public hours actually worked, items from above take {share} under the baseline, {low} to {high} "
        "elsewhere",
    ),
    "records subtitle": (
        "各方案均值;右侧数字为实感 | 记录。办件记录以已受理诉求为分母,居民实感以全部感受到的问题为分母,含未提出者"
        ";“高于”以两者之差的 95% 区间为准",
        "Means by arm; figures: residents' record | handling record. The handling record counts received cases, "
        "the residents' record all felt problems, unspoken ones included; above: by the 95% interval of the gap",
    ),
    "records title": (
        "{total} 个方案中有 {k} 个的“{filed}”高于“{felt}”且区间不含零,均值相差 {low} 至 {high} 个百分点",
        "“{filed}” is above “{felt}” in {k} of {total} arms, intervals excluding zero; mean gaps {low} to {high} "
        "points",
    ),
    "records few": (
        "“{filed}”与“{felt}”:模拟少于 {n} 次,不足以判断",
        "“{filed}” and “{felt}”: fewer than {n} runs, too few to tell",
    ),
    "transition": ("(改革后前两年)", " (first two years after the reform)"),
    "steady": ("(改革两年以后)", " (later than two years after the reform)"),
    # all arms together
    "rank": ("名次(1 为最好)", "rank (1 = best)"),
    "ranks subtitle": (
        "各重复的各方案一并重抽(自助法),格中为得此名次的概率(%),低于 5% 不标;相同者均分",
        "Replicates of all arms resampled jointly (bootstrap): probability of each rank in per cent, below 5% "
        "unwritten; ties share",
    ),
    "ranks sure": ("{indicator}:“{arm}”为最好的概率为 {p}", "{indicator}: {arm} is best with probability {p}"),
    "ranks open": (
        "{indicator}:没有方案有 95% 的把握为最好;最可能是“{arm}”({p})",
        "{indicator}: no arm is best with 95% probability; the most probable is {arm} ({p})",
    ),
    "against": ("{y}(纵)与{x}(横)", "{y} (up) against {x} (across)"),
    "pareto subtitle": (
        "与基线的配对差异及 95% 区间;▲ 至少 95% 的把握不被其他方案在两方面同时超过,▼ 至少 95% 的把握被超过,"
        "○ 未定,■ 基线;虚线连接均值未被超过的方案",
        "Paired differences from the baseline with 95% intervals. ▲ at least 95% sure that no other arm is as good in "
        "both and better in one, ▼ at least 95% sure that one is, ● open, ■ baseline; dashed: arms whose means no "
        "other beats",
    ),
    "pareto sure": (
        "{y}与{x}:{arms}{more}有 95% 以上的把握不被其他方案超过;{beaten} 个有 95% 以上的把握被超过",
        "{y} and {x}: at least 95% sure that no other arm beats {arms}{more} in both; {beaten} at least 95% sure "
        "to be beaten",
    ),
    "pareto open": (
        "{y}与{x}:没有方案有 95% 的把握不被其他方案超过;{beaten} 个有 95% 以上的把握被超过",
        "{y} and {x}: of no arm is it 95% sure that no other beats it in both; {beaten} at least 95% sure to be "
        "beaten",
    ),
    "with": ("与{x}", "with {x}"),
    "and more": ("及另外 {k} 个", " and {k} more"),
    "front chance": ("不被其他方案超过的概率", "Probability that no other arm beats it in both"),
    "is baseline": ("(基线)", " (baseline)"),
    # flows of cases
    "flow subtitle": (
        "改革后感受到的问题,自左至右:如何提出、由谁负责、最后在谁手中、现在如何;宽度为占全部问题的百分比({n} 次模拟的均值),"
        "颜色与花纹表示现状",
        "Problems felt since the reform, from left to right: how spoken, who answers, who has it or had it last, how it "
        "stands. Width: per cent of all felt problems, mean of {n} runs; colour and hatch: how it stands",
    ),
    "flow differs": (
        "“{arm}”与基线“{baseline}”相比:{what} {amount}({low} 至 {high})",
        "{arm} against the baseline, {baseline}: {what} {amount} ({low} to {high})",
    ),
    "flow same": (
        "“{arm}”与基线“{baseline}”相比:问题的去向没有可区分的差异",
        "{arm} against the baseline, {baseline}: where problems end cannot be told apart",
    ),
    "flow alone": ("“{arm}”下问题的去向", "Where problems go under {arm}"),
    "flow too few": (
        "“{arm}”与基线“{baseline}”:配对重复少于 {n} 对,不足以判断去向的差异",
        "{arm} and the baseline, {baseline}: fewer than {n} pairs, too few to tell where problems end",
    ),
    "stage a": ("如何提出", "how spoken"),
    "stage b": ("由谁负责", "who answers"),
    "stage c": ("最后在谁手中", "who has or had it"),
    "stage d": ("现在如何", "how it stands"),
    "stands solved": ("由机构解决", "solved by a body"),
    "stands private": ("自行或邻里解决", "solved by oneself or neighbours"),
    "stands gone": ("自行消失", "lapsed"),
    "stands waiting": ("在办或等待", "under way or waiting"),
    "stands paper": ("已办结未解决", "closed, not solved"),
    "stands hidden": ("未上报或放弃", "not passed on or dropped"),
    "stands escalated": ("已升级未解决", "escalated, not solved"),
    "stands unspoken": ("未提出未解决", "unspoken, not solved"),
    "unspoken": ("未提出", "unspoken"),
    "nobody": ("无机构", "no body"),
    "matrix subtitle": (
        "每年每千人的移交次数:行为交出的主体,列为接收的主体。首图为基线水平,其余为与基线的配对差异;"
        "斜线表示 95% 区间含零;未作多重比较校正",
        "Hand-overs per 1,000 residents a year, from the body in the row to that in the column. First panel: level of the "
        "baseline; others: paired differences from it, hatched where the 95% interval covers zero; not adjusted for the "
        "number of comparisons",
    ),
    "matrix title": (
        "主体间移交,估计变化最大处:{parts}",
        "Hand-overs between bodies, largest estimated change: {parts}",
    ),
    "matrix part": (
        "“{arm}”{one}→{other} {amount}({low} 至 {high})",
        "{arm}, {one} to {other} {amount} ({low} to {high})",
    ),
    "matrix none": ("“{arm}”与基线无法区分", "{arm} cannot be told from the baseline"),
    "matrix few": (
        "主体间移交:配对重复少于 {n} 对,不足以判断",
        "Hand-overs between bodies: fewer than {n} pairs, too few to tell",
    ),
    "level of": ("基线“{arm}”的水平", "level of the baseline, {arm}"),
    "more": ("多于基线", "more than the baseline"),
    "fewer": ("少于基线", "fewer than the baseline"),
    # groups of residents
    "group owner": ("自有住房居民", "owner-occupiers"),
    "group tenant": ("租房居民", "tenants"),
    "group local": ("本地居民", "locals"),
    "group migrant": ("外来居民", "migrants"),
    "group young": ("35 岁以下", "under 35"),
    "group middle": ("35 至 59 岁", "aged 35 to 59"),
    "group old": ("60 岁及以上", "aged 60 and over"),
    "group vulnerable": ("困难群体", "vulnerable residents"),
    "group party": ("党员", "Party members"),
    "groups subtitle": (
        "“{indicator}”:各群体与同一群体在基线“{baseline}”下的配对差异,点为均值,横线为 95% 区间;未作多重比较校正",
        "{indicator}: paired difference of each group from the same group under the baseline, {baseline}; dot mean, line "
        "95% interval; not adjusted for the number of comparisons",
    ),
    "groups title": (
        "“{arm}”:{total} 类居民中{counts};估计差异最大的是{group} {amount}({low} 至 {high})",
        "{arm}: of {total} groups of residents {counts}; largest estimate: {group} {amount} ({low} to {high})",
    ),
    "groups better": (" {k} 类更好", "{k} fare better"),
    "groups worse": (" {k} 类更差", "{k} fare worse"),
    "groups unclear": (" {k} 类无法区分", "{k} cannot be told apart"),
    "groups none": (
        "“{arm}”:{total} 类居民均与基线无法区分",
        "{arm}: none of {total} groups can be told from the baseline",
    ),
    "best shown": (
        ";此处为 {total} 个方案中最好的 {k} 个(含基线)",
        "; the best {k} of {total} arms, the baseline among them",
    ),
    "arms shown": (
        ";此处为 {total} 个方案中与基线相差最大的 {k} 个",
        "; the {k} of {total} arms furthest from the baseline",
    ),
    "controls last": ("(理论对照排在最后)", " (theoretical controls come last)"),
    # money
    "money subtitle": (
        "各方案均值;格中为占该条合计的百分比;过窄的不标数字;来源为进入社区各账户的外部款项",
        "Means by arm; figures: per cent of the bar; narrow parts carry none; sources: what came into the community's "
        "purses from outside",
    ),
    "sources heading": ("进入社区各账户的资金,按来源", "Into the community's purses, by source"),
    "uses heading": ("由社区各账户支出的资金,按用途", "Out of the community's purses, by use"),
    "money same": (
        "各方案下财政均占社区资金来源的约 {share}",
        "The state gives about {share} of the community's money under every arm",
    ),
    "money title": (
        "财政占社区资金来源:基线 {share},其他方案 {low} 至 {high}",
        "The state gives {share} of the community's money under the baseline, {low} to {high} elsewhere",
    ),
    # a year
    "year subtitle": (
        "改革后第一年的一次模拟(重复 {replicate}),“{arm}”与基线“{baseline}”;同一批居民、同一批问题。仅作示例,不作"
        "推断",
        "One run of the first year after the reform (replicate {replicate}) under {arm} and the baseline, "
        "{baseline}: same residents, same problems. An illustration; no inference is drawn",
    ),
    "year subtitle alone": (
        "改革后第一年的一次模拟(重复 {replicate}),“{baseline}”。仅作示例,不作推断",
        "One run of the first year after the reform (replicate {replicate}) under {baseline}. An illustration; "
        "no inference is drawn",
    ),
    "year title": (
        "一个模拟社区的一年(“{arm}”):感受到 {felt} 个问题,提出 {spoken} 个,解决 {solved} 个;上级事项待办最多在第 {week} 周",
        "A year of one simulated community under {arm}: {felt} problems felt, {spoken} spoken, {solved} solved; items from "
        "above pile up most in week {week}",
    ),
    "lane felt": ("感受到的问题(每周)", "problems felt (a week)"),
    "lane spoken": ("提出的诉求(每周)", "cases spoken (a week)"),
    "lane solved": ("真正解决(每周)", "truly solved (a week)"),
    "lane open": ("在办诉求(件)", "open cases"),
    "lane items": ("待办上级事项(项)", "open items from above"),
    "lane hours": ("公共工时:上级事项(小时/周)", "public hours on items from above (a week)"),
    "lane events": ("会议 ●\n选举 ◆\n离职 ▼", "meetings ●\nelections ◆\nstaff leaving ▼"),
    "week of year": ("改革后周数", "weeks since the reform"),
    # closing times
    "closing subtitle": (
        "各方案均值。左:已受理诉求自受理起首次办结的比例(办件记录);右:感受到的问题自出现起真正解决的比例(居民实感,含未提出者);"
        "未结者按删失处理(Kaplan–Meier);灰带为基线 90% 的模拟",
        "Means by arm. Left: received cases whose file is closed, from receipt (handling record); right: felt problems truly "
        "solved, from when felt (residents' record, unspoken ones included); open ones censored (Kaplan-Meier); grey band: "
        "90% of the baseline's runs",
    ),
    "closing title": (
        "基线“{arm}”:{days} 个工作日内办结 {filed} 的已受理诉求,真正解决 {felt} 的问题",
        "Under {arm} {filed} of received files are closed within {days} working days, and {felt} of felt problems truly solved",
    ),
    "closing filed": ("办件记录:已办结", "Handling record: file closed"),
    "closing felt": ("居民实感:真正解决", "Residents' record: truly solved"),
    "working days since": ("工作日", "working days"),
    # courses and robustness
    "course subtitle": (
        "“{indicator}”:与基线“{baseline}”的季度配对差异,{unit};深色带为逐点 95% 区间,浅色带为整条过程的同时 95% 区间;竖线为改革时点",
        "{indicator}: quarterly paired difference from the baseline, {baseline}, {unit}; dark band: 95% interval of each "
        "quarter by itself, light band: of the whole course at once; vertical line: reform",
    ),
    "course some": ("{indicator}:{parts}{rest}", "{indicator}, against the baseline: {parts}{rest}"),
    "course part": (
        "“{arm}”{total} 个季度中有 {k} 个与基线不同(最早为第 {start} 季度)",
        "{arm} differs in {k} of {total} quarters (first in quarter {start})",
    ),
    "course none": (
        "{indicator}:按同时区间,没有方案在任何季度与基线可区分",
        "{indicator}: by the simultaneous band no arm can be told from the baseline in any quarter",
    ),
    "simultaneous": ("同时 95% 区间", "95% of the whole course"),
    "pointwise": ("逐点 95% 区间", "95% quarter by quarter"),
    "mean difference": ("平均差异", "mean difference"),
    "other arms": ("其他方案", "other arms"),
    "less": ("越小越好", "less is better"),
    **DESIGNS,
}
