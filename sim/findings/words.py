"""The words of the findings in both languages. They say what a number is; no outcome is written here."""

from __future__ import annotations

from typing import Any

LANGS = ("zh", "en")
PHRASES: dict[str, tuple[str, str]] = {
    "title": ("# 研究发现", "# Findings"),
    "generated": (
        "本页由 `gongzhi study hypotheses`（或 `make hypotheses`）根据运行结果生成，没有一句关于结果的话是手写的"
        "。模拟结果，不评价任何真实社区。English: [findings.md](findings.md)",
        "This page is written by `gongzhi study hypotheses` (or `make hypotheses`) from its runs; no sentence "
        "about an outcome is written by hand. Simulated; does not assess any real community. 中文："
        "[findings.zh.md](findings.zh.md)",
    ),
    "run": ("## 运行了什么", "## What was run"),
    "standing": ("模型版本 {version}；{standing}。", "Model version {version}; {standing}."),
    "stated": (
        "本次运行没有抽取已接受的参数组，各参数取其声明值；区间只反映随机种子，"
        "集合的“成员”即一次重复。",
        "No accepted parameter sets were drawn in this run: every parameter has its stated value, intervals "
        "run over random seeds only, and a member of the ensemble is one replicate.",
    ),
    "drawn": (
        "每一次重复抽取一组已接受的参数；集合的“成员”即一组参数与一个种子，区间同时反映两者。",
        "Each replicate draws one of the accepted parameter sets; a member of the ensemble is one set with one "
        "seed, and intervals run over both.",
    ),
    "settings": (
        "共 {studies} 项研究、{runs} 次模拟，{places} 类社区，每个社区 {residents} 名居民，改革后 {years} 年；共"
        "同的预热状态，各组面对同一批居民与同一批问题。",
        "{studies} studies, {runs} runs, {places} archetypes, {residents} residents each, {years} years after "
        "the reform; a common warm-up, the same residents and the same latent problems in all arms.",
    ),
    "own": ("命令中另设：{overrides}。", "Set on the command line: {overrides}."),
    "verdicts": ("## 判定", "## Verdicts"),
    "rules": (
        "否定：事先写明的某一否定条件在至少 80% 的成员中出现（主张写明时，未达到最小有意义效应即为其一）；支持：至少 "
        "80% 的成员达到最小有意义效应，且经全部假设与社区校正（Holm）的配对检验排除零；等效：95% 区间落在正负最小"
        "有意义效应之内；不支持：其余；各类社区不一时为“取决于何处”。被否定而区间又落在最小有意义效应之内的，"
        "两者并记。效应为各成员在各类社区上的平均。",
        "Refuted: a refuting condition stated beforehand holds in at least 80% of the members (falling short of the "
        "smallest effect of interest is one of them where the claim says so); supported: at least 80% of the members "
        "reach the smallest effect of interest and the paired test, corrected over all hypotheses and archetypes "
        "(Holm), excludes none; equivalent: the 95% interval lies within the smallest effect on both sides; not "
        "supported: the rest; depends on: the archetypes differ. A refuted claim whose interval lies within the "
        "smallest effect is called both. Effects are means over archetypes, member by member.",
    ),
    "columns": (
        "| 编号 | 主张 | 判定 | 指标 | 效应 | 95% 区间 | 最小有意义效应 |",
        "| id | claim | verdict | indicator | effect | 95% interval | smallest effect |",
    ),
    "supported": ("支持", "supported"),
    "equivalent": ("等效", "equivalent"),
    "refuted": ("否定", "refuted"),
    "refuted, equivalent": ("否定（等效于无效应）", "refuted (equivalent to no effect)"),
    "not supported": ("不支持", "not supported"),
    "depends on": ("取决于何处", "depends on where"),
    "question": ("问题：{text}", "Question: {text}"),
    "claim": ("主张（{ids}）：{text}。", "Claim ({ids}): {text}."),
    "rule": ("否定规则：{text}", "Refuted if: {text}"),
    "design": (
        "{arms} 个方案 × {places} 类社区 × {members} 个成员，{years} 年。",
        "{arms} arms x {places} archetypes x {members} members, {years} years.",
    ),
    "verdict": ("**判定：{verdict}。** {reason}", "**Verdict: {verdict}.** {reason}"),
    "where": ("分社区：{parts}。", "By archetype: {parts}."),
    "cells": (
        "| 社区 | 效应 | 95% 区间 | 达到主张的成员 | {breaks}判定 |",
        "| archetype | effect | 95% interval | members that reach the claim | {breaks}verdict |",
    ),
    "break": ("{label}（成员占比） | ", "{label} (share of members) | "),
    "all": ("全部", "all"),
    "members in range": ("{n} 个成员符合适用条件", "{n} members in the range that the claim speaks of"),
    "effects": ("各项效应（全部社区）：{text}。", "Each effect, over all archetypes: {text}."),
    "censored": (
        "{indicator}在 {share} 的成员中两个方案都停在 {level}：更久才解决或始终未解决的问题都计为此值，"
        "所以这一项不论方案如何都不会变化，不据以判定；改按“{instead}”判定，最小有意义效应不变。",
        "{indicator} stands at {level} in both arms in {share} of the members: whatever is solved later "
        "or never counts as that, so it could not move whatever the arms did, and nothing is judged by it; "
        "{instead} is judged in its place, by the same smallest effect.",
    ),
    "moved": ("经由什么（{arm} 减 {against}）", "By way of what ({arm} minus {against})"),
    "moved none": (
        "所追踪的工时、移交、等待与未上报等量均无可辨认的变化。",
        "None of the hours, hand-overs, waits and unreported cases that are traced moves by a distinguishable "
        "amount.",
    ),
    "moved columns": (
        "| 变化的量 | 基线 | 差异 | 95% 区间 | 标准化 |",
        "| what moved | baseline | difference | 95% interval | standardised |",
    ),
    "micro": (
        "微观规则：{label}。有此规则时{usual}，去掉后{without}；规则本身带来{added}。{said}",
        "Micro-rule: {label}. With it {usual}, without it {without}; the rule itself adds {added}. {said}",
    ),
    "micro nothing": (
        "有此规则时也没有可辨认的差异。",
        "With it there is no distinguishable difference to begin with.",
    ),
    "micro kills": (
        "去掉后差异不再可辨认，结果系于此规则。",
        "Without it the difference is no longer distinguishable: the result hangs on this rule.",
    ),
    "micro part": ("去掉后余下 {share}。", "Without it {share} of the difference is left."),
    "why so little": ("为何差别这么小：{text}", "Why so little: {text}"),
    "what it did": ("机制做了什么：{text}", "What the mechanism did: {text}"),
    "acted": ("{text}。", "{text}."),
    "touched": (
        "{label}：基线中每千名居民每年 {rate} {unit}，占全部的 {share}。",
        "{label}: {rate} {unit} per 1,000 residents a year in the baseline, {share} of all of them.",
    ),
    "bound": (
        "其余部分与此无关，所以即使这些全不费时，也只能改变 {share}。",
        "The rest has nothing to do with it: even if these took no time at all, {share} is all that could change.",
    ),
    "case": ("件", "problems"),
    "escalation": ("次", "escalations"),
    "handover": ("次", "hand-overs"),
    "payment": ("元", "yuan"),
    "strong": (
        "若把规则做到最强（{label}）：{found}，{outcome}。",
        "With the rule as strong as its range allows ({label}): {found}, which {outcome}.",
    ),
    "strong reaches": ("达到最小有意义效应（{smallest}）", "reaches the smallest effect of interest ({smallest})"),
    "strong short": (
        "仍未达到最小有意义效应（{smallest}）",
        "still falls short of the smallest effect of interest ({smallest})",
    ),
    "picture": ("![{label}](pictures/findings.zh.png)", "![{label}](pictures/findings.en.png)"),
    "picture label": (
        "各项主张的效应与其最小有意义效应之比",
        "Each claim's effect over its smallest effect of interest",
    ),
    "picture caption": (
        "图：每项主张的效应除以其最小有意义效应（向右为主张的方向，虚线以右达到主张；灰色带内为等效范围）；符号为全部社区"
        "的均值及 95% 区间，短竖线为各类社区。",
        "Picture: each effect over its smallest effect of interest (to the right is the way of the claim, beyond the "
        "dashed line it is reached; within the grey band it is equivalent to none). Symbols are means over all "
        "archetypes with 95% intervals, short bars the archetypes.",
    ),
    "picture axis": (
        "效应 ÷ 最小有意义效应（向右为主张的方向；超出 ±3 的画在边上）",
        "effect ÷ smallest effect of interest (to the right: as claimed; beyond ±3 drawn at the edge)",
    ),
    "picture holds": ("{share} 的点上成立", "holds at {share} of points"),
    "arms": ("各方案与“{baseline}”相比：", "Each arm against {baseline}:"),
    "arms columns": ("| 方案 | {indicator} | 95% 区间 |", "| arm | {indicator} | 95% interval |"),
    "not shown": ("没有说明的：{text}", "What it does not show: {text}"),
    "between": ("{mean}（{low} 至 {high}）", "{mean} ({low} to {high})"),
    "patterns": ("## 各方案都一样，或一个方案处处最好", "## Every arm the same, or one arm best in everything"),
    "patterns how": (
        "“都一样”：解决率、满意度、信任、时间中位数与表达比例的相对差异都小于 {same}。“处处最好”：同一个方案"
        "在五项上均值都最好（不论差异大小）。每一项都追到底层的量。",
        "The same: the relative differences in the share solved, satisfaction, trust, median time and share "
        "spoken are all below {same}. Best in everything: one arm has the best mean in all five, however small "
        "the differences. Each case is traced to what lies below it.",
    ),
    "patterns none": ("没有一项研究出现这两种情形。", "No study shows either."),
    "same": (
        "**{id}：各方案几乎一样**（最大相对差异：{largest}）。",
        "**{id}: every arm nearly the same** (largest relative differences: {largest}).",
    ),
    "wins": (
        "**{id}：“{arm}”五项均值都最好**（与基线的最大相对差异：{largest}）。",
        "**{id}: {arm} has the best mean in all five** (largest relative differences from the baseline: "
        "{largest}).",
    ),
    "reach": (
        "基线中，{demand} 的实际工时用于居民诉求；已解决问题由政府与社区公共机构解决的占 {government}，居民本人与"
        "邻里占 {own}，市场占 {market}，社会组织占 {society}；等待时间中{waits}。席位、渠道与分工只能作用于其中属"
        "于它们的部分。",
        "In the baseline {demand} of the hours worked go to residents' cases; of what is solved, {government} is "
        "solved by government and public bodies, {own} by residents themselves and neighbours, {market} by the "
        "market, {society} by organised society; of the waiting, {waits}. Seats, channels and division of work "
        "can only act on their part.",
    ),
    "reach moved": ("两者之间变化最大的量：{text}。", "What moves most between the two: {text}."),
    "limits": ("## 都没有说明的", "## What none of this shows"),
    "limits text": (
        "- 这是模型对其假定的推论，不是对任何真实社区的评价；不为社区、机构或个人排名。\n"
        "- 区间只反映{interval}，不反映模型结构的错误。\n"
        "- 判定针对事先写明的规则与最小有意义效应；换一条规则会有另一个判定，规则均在 `experiments/` 中。\n"
        "- “否定”的是模型中的主张，“不支持”不等于“不成立”。",
        "- This is what follows from the model's assumptions, not an assessment of any real community; it ranks "
        "no community, office or person.\n"
        "- Intervals run over {interval}, not over errors in the structure of the model.\n"
        "- Verdicts are on rules and smallest effects that were stated beforehand; another rule may give another "
        "verdict, and all stand in `experiments/`.\n"
        "- What is refuted is a claim within the model; not supported does not mean untrue.",
    ),
    "over parameters": ("随机种子与已接受的参数", "random seeds and accepted parameters"),
    "over seeds": ("随机种子", "random seeds"),
    # which assumption moves what
    "s title": ("# 哪些假设在起作用", "# Which assumptions matter"),
    "s generated": (
        "本页由 `python make.py sensitivity` 根据运行结果生成。模拟结果，不评价任何真实社区。English: "
        "[sensitivity.md](sensitivity.md)；各项主张见 [findings.zh.md](findings.zh.md)",
        "This page is written by `python make.py sensitivity` from its runs. Simulated; does not assess any real "
        "community. 中文：[sensitivity.zh.md](sensitivity.zh.md); the claims: [findings.md](findings.md)",
    ),
    "s version": (
        "模型版本 {version}。各数由其声明范围抽取，不是已接受的参数组。",
        "Model version {version}. Numbers are drawn from their stated ranges, not from accepted sets.",
    ),
    "s morris": (
        "## 全部参数（Morris）\n\n{factors} 个有范围的数，{runs} 次模拟；表中为一个数占全部基本效应的比例，"
        "对水平与对方案差异分列（各主要指标平均）。",
        "## Every number (Morris)\n\n{factors} numbers with a range, {runs} runs. Shares of all elementary effects, on "
        "levels and on the difference between the article's proposals and the 1+2, averaged over the main indicators.",
    ),
    "s morris columns": ("| 参数 | 水平 | 方案差异 |", "| number | levels | difference of arms |"),
    "s rest": ("其余 {count} 个合计 {share}。", "The other {count} together: {share}."),
    "s sobol": (
        "## 主要参数（Sobol）\n\n{runs} 次模拟；每个指标只列总效应最大的一个，含 95% 区间。",
        "## Those that matter most (Sobol)\n\n{runs} runs. The largest total index of each indicator, with its 95% "
        "interval.",
    ),
    "s sobol columns": (
        "| 指标 | 对象 | 参数 | 一阶 | 总效应 |",
        "| indicator | of | number | first order | total |",
    ),
    "s level": ("水平", "level"),
    "s difference": ("方案差异", "difference of arms"),
    "s discovery": (
        "## 在哪里全部建议并不更好（PRIM）\n\n{points} 个点，全部范围同时抽取。",
        "## Where the proposals do no better (PRIM)\n\n{points} points, all ranges drawn at once.",
    ),
    "s overturned": (
        "## 哪个假设会推翻哪项判断\n\n每项主张的两个方案在 {points} 个点上比较，全部参数与社区类型同时"
        "抽取。“成立”为达到最小有意义效应的点；相关为秩相关，只列经 Holm 校正后可辨认的；范围盒为 PRIM 在最相关的 6 个"
        "数上找到的少数一方所在之处，只列 p<0.05 的界限。",
        "## Which assumption would overturn which finding\n\nThe two arms of each claim at {points} points, all "
        "numbers and the archetype drawn at once. Holds: points at which the smallest effect of interest is reached. "
        "Correlations are of ranks, those that can be told from chance after Holm's correction over all numbers; boxes "
        "are where PRIM finds the minority of the points, over the six numbers that go with the effect most, limits "
        "with p below 0.05.",
    ),
    "s overturned columns": (
        "| 编号 | 指标 | 成立 | 与效应相关的数 | 范围盒 |",
        "| id | indicator | holds | numbers that go with the effect | box |",
    ),
    "s picture morris": ("作用最大的数，水平与方案差异", "The numbers that act most, on levels and difference"),
    "s picture sobol": ("主要参数的总效应指数及 95% 区间", "Total indices of the largest numbers, 95% intervals"),
    "s picture discovery": ("全部建议不占优的范围盒", "Box of ranges in which the proposals do no better"),
    "s picture overturned": (
        "每项主张的效应与最小有意义效应之比，遍及各点",
        "Each claim's effect over its smallest effect of interest, over all points",
    ),
    "s none": ("无可辨认", "none that can be told from chance"),
    "s box": ("（密度 {density}，覆盖 {coverage}）", " (density {density}, coverage {coverage})"),
    "s limits": (
        "点数少而参数多：只能看出作用大的数；没有列出的不等于没有作用。比较多类社区的主张（Y6）不在其内。",
        "Few points and many numbers: only those that act strongly can be seen; what is not listed may still act. The "
        "claim that compares archetypes (Y6) is not among them.",
    ),
    # reasons, put together from what holds
    "reason reached": (
        "{reached} 的成员达到最小有意义效应（{smallest}）",
        "{reached} of the members reach the smallest effect of interest ({smallest})",
    ),
    "reason broken": ("“{label}”在 {share} 的成员中成立", "“{label}” holds in {share} of the members"),
    "reason inside": ("区间落在 ±{smallest} 之内", "the interval lies within ±{smallest}"),
    "reason short": (
        "{missed} 的成员未达到最小有意义效应（{smallest}），这本身即为否定条件",
        "{missed} of the members fall short of the smallest effect of interest ({smallest}), which refutes by itself",
    ),
    "reason wrong way": (
        "方向与主张相反且区间不含零",
        "the effect runs against the claim and its interval excludes zero",
    ),
    "reason zero": ("区间含零", "the interval covers zero"),
    "reason few": (
        "符合适用条件的成员不足 {n} 个",
        "fewer than {n} members are in the range that the claim speaks of",
    ),
    "reason other": (
        "只有 {reached} 的成员达到最小有意义效应",
        "only {reached} of the members reach the smallest effect",
    ),
    "reason moved": ("变化最大的量：{text}", "moved most: {text}"),
    "and": ("；", "; "),
    "list": ("、", ", "),
    "stop": ("。", "."),
    "sd": ("个标准差", "sd"),
}


def say(key: str, lang: str, **values: Any) -> str:
    """A phrase in one language, filled in."""
    return PHRASES[key][LANGS.index(lang)].format(**values)
