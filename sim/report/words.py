"""What a brief says, in both languages. A sentence with a number in it is filled from a table, never written here."""

from __future__ import annotations

from typing import Any

from sim.charts import words

PHRASES: dict[str, tuple[str, str]] = {
    # the head
    "kicker": ("共治 · 模拟研究简报", "Gongzhi · brief of a simulation study"),
    "notice": (
        "模拟结果，不评价任何真实社区，不用于对任何真实社区、单位或个人排名。",
        "Simulated; does not assess any real community, and must not be used to rank any community, office or person.",
    ),
    "arms shown": ("显示的方案", "Arms shown"),
    "arms text": (
        "取消勾选，该方案在表中消失，在图中淡出；指向一个方案，图中即突出它。",
        "An arm that is unticked leaves the tables and fades in the charts; point at one, and the charts bring it out.",
    ),
    # sections
    "numbered": ("{number}、{title}", "{number}. {title}"),
    "numerals": ("一 二 三 四 五 六 七 八 九 十", "1 2 3 4 5 6 7 8 9 10"),
    "answer": ("主要结果", "What came out"),
    "charts": ("图示", "The charts that answer the question"),
    "drives": ("由什么带动", "What drives it"),
    "who": ("谁受益、谁付出", "Who wins and who pays"),
    "sure": ("有多大把握", "How sure the simulation is"),
    "claims": ("对论断的检验", "Claims put to the test"),
    "limits": ("不能说明什么", "What it does not show"),
    "method": ("方法", "Method"),
    "rebuild": ("如何重新生成", "How to rebuild it"),
    "explore": ("逐项查看", "Look up any indicator"),
    "further": ("其他图", "Further charts"),
    "table behind": ("图中数据", "The numbers in this chart"),
    # headline
    "against": ("{arm}，对照{baseline}", "{arm}, against {baseline}"),
    "interval": ("95% 区间 {low} 至 {high}", "95% interval {low} to {high}"),
    "not told": ("无法与基线区分", "cannot be told from the baseline"),
    "few pairs": ("配对不足 {n} 对，不作判断", "fewer than {n} pairs: nothing is claimed"),
    "card baseline": ("基线 {level}", "baseline {level}"),
    "headline table": (
        "各方案与基线{baseline}的配对差异，下为 95% 区间",
        "Paired difference of each arm from the baseline, {baseline}, with its 95% interval below",
    ),
    "faint": (
        "标“○”者区间含零，不能断定有差异。",
        "○: the interval covers zero, so no difference is claimed.",
    ),
    "faint few": (
        "标“○”者区间含零，或配对不足 {n} 对，不能断定有差异。",
        "○: the interval covers zero, or there are fewer than {n} pairs, so no difference is claimed.",
    ),
    "baseline level": ("基线水平", "Level of the baseline"),
    "arm": ("方案", "Arm"),
    "indicator": ("指标", "Indicator"),
    "phases": (
        "{arm}在“{indicator}”上的差异：改革后前两年 {early}，两年以后 {late}。",
        "{indicator} under {arm}: {early} in the first two years after the reform, {late} later.",
    ),
    "amount with interval": ("{amount}（{low} 至 {high}）", "{amount} ({low} to {high})"),
    "range": ("{low} 至 {high}", "{low} to {high}"),
    "means beyond": (
        "请注意投入并不相同：{budget}与基线最多相差 {percent}（{arm}），结果差异可能部分来自投入。",
        "Means are not equal: {budget} differs from the baseline by up to {percent} (under {arm}), so part of a result "
        "may come from means.",
    ),
    "means equal": (
        "{budgets}在各方案间的相差不超过 {tolerance}。",
        "{budgets} differ by no more than {tolerance} over the arms.",
    ),
    # what drives it
    "drives few": (
        "配对不足 {n} 对，不能断定“{indicator}”有差异，因此不作解释。",
        "With fewer than {n} pairs no difference in {indicator} can be claimed, so none is explained.",
    ),
    "drives none": (
        "在“{indicator}”上没有方案可与基线区分，因此没有需要解释的差异。",
        "No arm can be told from the baseline in {indicator}, so there is no difference to explain.",
    ),
    "drives lead": (
        "规则与结果之间的 {n} 项中间量，在{arm}下有 {k} 项可与基线区分"
        "（该方案在“{indicator}”上差异最大{aside}）。下表列出各组中变动最大者。",
        "Of {n} quantities that stand between the rules and the result, {k} can be told from the baseline under {arm}, "
        "the arm that differs most in {indicator}{aside}. The table shows those that moved most in each group.",
    ),
    "controls aside": ("，理论对照除外", ", theoretical controls aside"),
    "drives caution": (
        "这些量与结果在同一批模拟中一起变动。仅凭方案之间的比较，不能断定是其中哪一项带来了结果。",
        "They moved together with the result in the same runs. Which of them brings it about cannot be read from a "
        "comparison of whole arms.",
    ),
    "drives table": (
        "{arm}下变动最大的中间量，与基线{baseline}相比",
        "What moved most under {arm}, against {baseline}",
    ),
    "group": ("组别", "Group"),
    "group hours": ("公共工时", "Public hours"),
    "group flow": ("移交与等待", "Hand-overs and waiting"),
    "group voice": ("表达与上报", "Speaking and passing on"),
    "group solvers": ("由谁解决", "Who solves"),
    "group means": ("投入与人员", "Means and staff"),
    "under baseline": ("基线", "Baseline"),
    "under arm": ("该方案", "This arm"),
    "difference": ("差异（95% 区间）", "Difference (95% interval)"),
    "choices table": (
        "单项做法对“{indicator}”的影响：有此做法减去无此做法",
        "What single choices do to {indicator}: with it minus without it",
    ),
    "choice": ("做法", "Choice"),
    "around": ("围绕的方案", "Around"),
    # who
    "group tally": ("{indicator}（{n} 个方案）：{parts}。", "{indicator}, over {n} arms: {parts}."),
    "tally better": ("更好 {k} 个", "better under {k}"),
    "tally worse": ("更差 {k} 个", "worse under {k}"),
    "tally different": ("有差异而无好坏之分 {k} 个", "different, neither better nor worse, under {k}"),
    "tally unclear": ("无法与基线区分 {k} 个", "not told from the baseline under {k}"),
    "part": ("{what} {amount}", "{what} {amount}"),
    "gap": (
        "{arm}下，{indicator}相对于基线变动 {amount}。",
        "{indicator} under {arm}: {amount} against the baseline.",
    ),
    "price": (
        "{arm}下变差且可区分的主要指标：{parts}。",
        "Main indicators that are worse under {arm}, and told apart: {parts}.",
    ),
    "price none": (
        "{arm}下，没有一项主要指标变差到可以区分的程度。",
        "No main indicator is worse under {arm} so clearly that it can be told apart.",
    ),
    "who table": (
        "各类居民与工作人员：与基线{baseline}的配对差异，下为 95% 区间",
        "Groups of residents and staff: paired difference from the baseline, {baseline}, with its 95% interval below",
    ),
    # how sure
    "sure pairs": (
        "每项比较基于 {n} 对模拟：每对中两个方案面对同一批居民、同一批问题。{standing}。",
        "Each comparison rests on {n} pairs of runs; in a pair both arms meet the same residents and the same "
        "problems. {standing}.",
    ),
    "sure count": (
        "{total} 项差异中有 {k} 项的 95% 区间不含零；即使处处毫无差异，也会有约 {chance} 项如此。未作多重比较校正。",
        "{k} of {total} differences have a 95% interval that excludes zero; were there no difference anywhere, about "
        "{chance} would have one too. There is no adjustment for the number of comparisons.",
    ),
    "sure correlation": (
        "配对相关系数的中位数为 {middle}（{low} 至 {high}）：越高，配对消除的偶然波动越多。",
        "The paired correlation has a median of {middle} ({low} to {high}): the higher it is, the more random "
        "variation the pairing removes.",
    ),
    "sure runs": ("{total} 次模拟全部完成。", "All {total} runs were completed."),
    "sure failed": (
        "{total} 次模拟中有 {failed} 次未完成，连同其配对一并剔除。",
        "{failed} of {total} runs did not complete and drop out with their pair.",
    ),
    "sure sourced": (
        "模型的 {total} 个参数中，{k} 个（{percent}）的取值有来源，其余为假设，均给出取值范围。",
        "Of the model's {total} numbers, {k} ({percent}) carry a source for their value; the others are assumptions, "
        "each with a range.",
    ),
    "budget table": ("投入是否相等", "Are the means equal?"),
    "budget": ("预算", "Budget"),
    "budget held": ("设定", "As stated"),
    "budget gap": ("与基线相差最大", "Furthest from the baseline"),
    "held": ("设为相等", "held equal"),
    "may differ": ("可以不同：{reason}", "may differ: {reason}"),
    "not stated": ("未作规定", "not stated"),
    # claims
    "claims table": (
        "论断、检验结果与差异；“最小关注差异”以内的差异视为无实际意义",
        "Claims, verdicts and differences; a difference below the smallest one of interest counts as none",
    ),
    "claims note": (
        "差异与最小关注差异以论断所用的尺度表示：指标本身的单位、相对基线的比例，或标准差。",
        "Differences and the smallest one of interest are on the claim's own scale: the indicator's unit, a share of "
        "the baseline, or standard deviations.",
    ),
    "claim": ("论断", "Claim"),
    "verdict": ("结果", "Verdict"),
    "sesoi": ("最小关注差异", "Smallest of interest"),
    "where": ("情形", "Where"),
    "reason": ("理由", "Reason"),
    "id": ("编号", "No."),
    # limits
    "limit world": (
        "区间只说明模拟对自身结果有多大把握，不说明对现实有多大把握。",
        "Intervals say how sure the simulation is of its own result, not how sure anybody may be of the world.",
    ),
    "limit levels": (
        "各项水平取决于假设的参数；方向与配对差异比绝对水平更可信。",
        "Levels depend on assumed numbers; signs and paired differences are more to be trusted than levels.",
    ),
    "limit place": (
        "结果针对一种社区（{place}，{residents} 名居民，{era}）；其他类型的社区可能不同。",
        "The results are of one kind of community ({place}, {residents} residents, {era}); others may differ.",
    ),
    "limit places": (
        "结果覆盖 {n} 个设计点；此外的情形未作模拟。",
        "The results are of {n} design points; nothing outside them was simulated.",
    ),
    "limit cause": (
        "整套方案同时改变多项做法；哪一项起作用，需要逐项加入或去除的比较（研究 ablation）。",
        "Whole arms change several things at once; which of them matters takes a comparison that puts single choices "
        "in and takes them out (the study ablation).",
    ),
    "limit controls": (
        "{arms}是理论对照，不是政策建议。",
        "{arms}: theoretical controls, not policy proposals.",
    ),
    "limit zero": (
        "“无法区分”不等于“没有差异”：区间说明差异最大可能有多大。",
        "“Cannot be told apart” does not mean “no difference”: the interval says how large one could still be.",
    ),
    # method
    "method text": (
        "以智能体为基础的仿真：街道、社区各组织与居民逐周作出决定；规则只规定席位、权责、工时、信息与经费，不写入任何效果。"
        "各方案从同一预热状态出发，在同一时点改革。办件记录与居民实感分开统计；主要指标以全部感受到的问题为分母，含未提出者。",
        "An agent-based simulation: the subdistrict, the bodies of the community and residents decide week by week; "
        "rules say who sits where, who may reassign whose time, who knows what and how money flows, and no effect is "
        "written in. All arms start from one warmed-up state and are reformed in the same week. The handling record "
        "and what residents experience are counted apart; primary indicators are per felt problem, unspoken "
        "ones included.",
    ),
    "setup": ("设定", "Setting"),
    "value": ("取值", "Value"),
    "place": ("社区", "Community"),
    "place value": ("{place}，{residents} 名居民", "{place}, {residents} residents"),
    "era": ("年代参数", "Era"),
    "years": ("模拟时长", "Simulated time"),
    "years value": ("预热 {before} 年，改革后 {after} 年", "{before} years of warm-up, {after} years after the reform"),
    "arms": ("方案", "Arms"),
    "baseline": ("基线", "Baseline"),
    "replicates": ("重复次数", "Replicates"),
    "parameters": ("有来源的参数/全部参数", "Numbers with a source / all"),
    "version": ("模型版本", "Model version"),
    "by point": ("随设计点而定", "as the design points say"),
    "design": ("设计点", "Design points"),
    "rebuild text": (
        "同一模型版本与同样的设定在同一机器上给出逐位相同的结果：",
        "The same model version and settings give the same bits on the same machine:",
    ),
    "rebuild changed": (
        "（源码在该版本之后有改动。）",
        "(The sources had been changed since that commit.)",
    ),
    # interactive reading
    "choose indicator": ("指标", "Indicator"),
    "explore text": (
        "选择指标（方案在页首选择）；点为配对差异，横线为 95% 区间。空心点的区间含零。",
        "Choose an indicator (arms are chosen above); dots are paired differences, lines 95% intervals. The interval "
        "of a hollow dot covers zero.",
    ),
    "interval shown": ("差异与区间", "Difference and interval"),
    "page": ("第 {page} 页，共 {pages} 页", "Page {page} of {pages}"),
    "text of": ("{name}：{question}", "{name}: {question}"),
    "sheet about": ("说明", "About"),
    "sheet effects": ("全部差异", "All differences"),
    "then": ("；", "; "),
    "comma": ("，", ", "),
    "list": ("、", ", "),
    "stop": ("。", "."),
}
COLUMNS: dict[str, tuple[str, str]] = {
    "arm": ("方案", "Arm"),
    "baseline": ("基线", "Baseline"),
    "indicator": ("指标", "Indicator"),
    "unit": ("单位", "Unit"),
    "n": ("配对或次数", "Pairs or runs"),
    "mean_arm": ("方案均值", "Mean of the arm"),
    "mean_baseline": ("基线均值", "Mean of the baseline"),
    "mean_with": ("有此做法", "With it"),
    "mean_without": ("无此做法", "Without it"),
    "mean": ("均值", "Mean"),
    "difference": ("差异", "Difference"),
    "ci_low": ("区间下限", "Interval from"),
    "ci_high": ("区间上限", "Interval to"),
    "effect_size_a": ("较高者占比", "Share of pairs higher"),
    "paired_correlation": ("配对相关", "Paired correlation"),
    "standardised": ("差异/标准差", "Difference over sd"),
    "better": ("越大越好", "Higher is better"),
    "verdict": ("判断", "Verdict"),
    "mechanism": ("做法", "Choice"),
    "around": ("围绕的方案", "Around"),
    "archetype": ("社区类型", "Archetype"),
    "handling_record": ("办件记录指标", "Handling record"),
    "residents": ("居民实感指标", "Residents' record"),
    "mean_handling_record": ("办件记录均值", "Mean, handling record"),
    "mean_residents": ("居民实感均值", "Mean, residents' record"),
    "quarter": ("季度", "Quarter"),
    "years": ("改革后年数", "Years since the reform"),
    "q05": ("5%", "5%"),
    "q25": ("25%", "25%"),
    "q50": ("中位数", "Median"),
    "q75": ("75%", "75%"),
    "q95": ("95%", "95%"),
    "budget": ("预算", "Budget"),
    "measure": ("口径", "Measure"),
    "relative_difference": ("相对差异", "Relative difference"),
    "equal": ("视为相等", "Counts as equal"),
    "judged": ("作为依据", "Judged by"),
    "held_equal": ("设为相等", "Held equal"),
    "kind": ("类别", "Kind"),
    "for": ("用途", "For"),
    "group": ("组别", "Group"),
    "rank": ("名次", "Rank"),
    "probability": ("概率", "Probability"),
}
VERDICT_WORDS: dict[str, tuple[str, str]] = {
    "supported": ("支持", "supported"),
    "not supported": ("不支持", "not supported"),
    "refuted": ("否定", "refuted"),
    "equivalent": ("差异可忽略", "no difference of interest"),
    "depends on": ("视情形而定", "depends on where"),
    "unclear": ("不能断定", "cannot be decided"),
    "better": ("更好", "better"),
    "worse": ("更差", "worse"),
    "different": ("有差异", "different"),
}


def say(key: str, lang: str, **values: Any) -> str:
    """A phrase in one language, filled in."""
    return words.typeset(PHRASES[key][words.LANGS.index(lang)].format(**values), lang)


def column(name: str, lang: str) -> str:
    """The heading of a column of a table behind a chart; one that is not known here stands as it is."""
    pair = COLUMNS.get(name)
    return pair[words.LANGS.index(lang)] if pair else words.readable(name)


def verdict(name: str, lang: str) -> str:
    """The word for a verdict; one that is not known here stands as it is."""
    pair = VERDICT_WORDS.get(name.strip().lower())
    return pair[words.LANGS.index(lang)] if pair else words.readable(name)
