"""What the charts of designs say: of single choices, of several places, of ranges, of a calibration."""

DESIGNS: dict[str, tuple[str, str]] = {
    "ablation subtitle": (
        "有此做法减去无此做法的配对差异。颜色为差异除以各次模拟间的标准差;斜线表示 95% 区间含零;"
        "数字为 {places} 类社区中区间不含零且方向相同的类数;未作多重比较校正",
        "Paired difference with the choice minus without it. Colour: difference over the sd between runs; hatched: "
        "95% interval covers zero; figure: in how many of {places} archetypes the interval excludes zero in the same "
        "direction; not adjusted for the number of comparisons",
    ),
    "places subtitle": (
        "{indicator}:有此做法减去无此做法的配对差异。颜色为差异除以各次模拟间的标准差;斜线表示 95% 区间含零;"
        "未作多重比较校正",
        "{indicator}: paired difference with the choice minus without it. Colour: difference over the sd between runs; "
        "hatched: 95% interval covers zero; not adjusted for the number of comparisons",
    ),
    "ablation none": (
        "围绕“{arm}”,{total} 项均无法区分",
        "{arm}: none of {total} choices can be told apart",
    ),
    "ablation some": (
        "围绕“{arm}”,{total} 项中 {k} 项可区分,最大为“{what}”({amount})",
        "{arm}: {k} of {total} choices can be told apart, most of all {what} ({amount})",
    ),
    "around": ("围绕“{arm}”", "around: {arm}"),
    "all places": ("全部", "all"),
    "rows left out": (";此处列出 {total} 项中的 {k} 项", "; {k} of {total} choices shown"),
    "patterns title": (
        "{total} 项特征中,已采纳的参数组整体呈现 {k} 项:{names}",
        "The accepted ensemble shows {k} of {total} patterns: {names}",
    ),
    "patterns subtitle": (
        "每行一项检验,横轴以容许范围为尺度(灰带即容许范围,符号检验以零为界);点为整体均值,横线覆盖 90% 的参数组;"
        "右侧为均值、容许范围与落入范围的参数组比例",
        "One check a row, on the scale of its tolerance (grey band; a sign is judged against zero): dot mean of the "
        "ensemble, line 90% of the parameter sets; right: mean, tolerance, share of sets inside",
    ),
    "no pattern": ("无", "none"),
    "shown": ("符合", "shown"),
    "not shown": ("不符合", "not shown"),
    "above": ("大于 {low}", "above {low}"),
    "at least": ("不低于 {low}", "at least {low}"),
    "from to": ("{low} 至 {high}", "{low} to {high}"),
    "robust subtitle": (
        "“{indicator}”在 {points} 个设计点上;点为估计值,横线为随机种子的 95% 区间;遗憾为与该点最好方案的差距",
        "{indicator} over {points} design points; dot estimate, line 95% interval over seeds; regret: how far behind "
        "the best arm of the point",
    ),
    "robust sure": (
        "{indicator}:“{arm}”的最大遗憾为最小的概率为 {p}",
        "{indicator}: {arm} has the smallest largest regret with probability {p}",
    ),
    "robust open": (
        "{indicator}:没有方案有 95% 的把握使最大遗憾最小;最可能是“{arm}”({p})",
        "{indicator}: of no arm is it 95% sure that its largest regret is the smallest; most probably {arm} ({p})",
    ),
    "view mean": ("各点均值", "Mean over points"),
    "view worst": ("最不利点", "Worst point"),
    "view regret_largest": ("最大遗憾", "Largest regret"),
    "view regret_percentile": ("90% 分位遗憾", "90th-percentile regret"),
    "view satisficing": ("达到基线均值的点", "Points that reach the baseline's mean"),
    "tornado level": ("“{arm}”的水平", "level: {arm}"),
    "tornado gap": ("“{arm}”与基线之差", "difference: {arm}"),
    "tornado title": (
        "{indicator}({arm}):估计影响最大的假设是{factors}",
        "{indicator} ({arm}): largest estimated influence from {factors}",
    ),
    "tornado open": (";次序尚不能断定", "; their order is not certain"),
    "tornado few": (
        "{indicator}({arm}):轨迹或样本少于 {n},不足以判断哪项假设影响最大",
        "{indicator} ({arm}): fewer than {n} trajectories or samples, too few to tell which assumption matters "
        "most",
    ),
    "tornado subtitle morris": (
        "Morris 基本效应的平均大小 mu*({trials} 条轨迹),因素由低端到高端;{total} 个因素中的前 {k} 个",
        "Mean size of elementary effects (Morris mu*; trajectories: {trials}) over a factor's whole range; the "
        "first {k} of {total} factors",
    ),
    "tornado subtitle saltelli": (
        "Sobol 总效应指数({trials} 个基础样本):该因素(含交互)解释的方差占比;{total} 个因素中的前 {k} 个",
        "Total Sobol index ({trials} base samples): share of variance a factor explains, interactions included; "
        "the first {k} of {total}",
    ),
    "tornado subtitle oat": (
        "每次只改变一个因素,由最低值到最高值,相对于设定值;{total} 个因素中的前 {k} 个",
        "One factor at a time, from its lowest to its highest value, against the stated one; the first {k} of {total}",
    ),
    "tornado key morris": ("mu*,横线为 95% 区间", "mu*, line 95% interval"),
    "tornado key bare": ("点估计,样本过少,无区间", "estimate; too few samples for an interval"),
    "tornado key saltelli": ("总效应指数,横线为 95% 区间", "total index, line 95% interval"),
    "tornado key oat": ("圆点为最高值一端", "dot: the end with the highest value"),
    "tornado share": ("占方差的份额", "share of variance"),
    "box none": (
        "{arm}:{rate}的设定不优于基线;两类之一不足 {fewest} 个,无从划界",
        "{arm}: not better in {rate} of settings; fewer than {fewest} of one sort, so no box",
    ),
    "box heading": (
        "{arm}:框内 {density} 不优于基线,含此类设定的 {coverage}(全体 {rate})",
        "{arm}: in the box {density} are not better; it holds {coverage} of such settings ({rate} of all)",
    ),
    "box title": (
        "{indicator}:“{arm}”在 {total} 个抽样设定的 {k} 个中({rate})不优于基线",
        "{indicator}: {arm} is not better than the baseline in {k} of {total} sampled settings ({rate})",
    ),
    "box subtitle": (
        "PRIM 所得的框:在这些假设同时落在所标范围内时,方案多半不优于基线;每个设定按其平均差异判断;虚框为可能出于"
        "偶然的界限(偶然概率高于 5%)",
        "Box found by PRIM: where all these assumptions lie in the marked ranges, the arm mostly does not do "
        "better; each setting is judged by its mean difference; hollow: limits that luck could give (chance "
        "above 5%)",
    ),
    "whole range": ("全部取值范围", "whole range"),
    "inside box": ("框内范围", "range in the box"),
    "lucky box": ("框内范围,可能出于偶然", "range in the box that luck could give"),
    "low end": ("低端", "low"),
    "high end": ("高端", "high"),
}
