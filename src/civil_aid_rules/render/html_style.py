"""How explanations look: on a screen, light or dark, wide or narrow, and on paper. Everything stands under `.car`."""

from __future__ import annotations

from typing import Final

STYLE: Final = """
.car{--ink:#1c2733;--soft:#566370;--line:#d5dbe1;--page:#fff;--head:#1f4e79;--tint:#f4f6f8;--good:#27704a;
--bad:#a33b3b;--open:#94600f;--loud:#fff3cd;max-width:46em;margin:1em auto;padding:1.2em 1.6em;
background:var(--page);color:var(--ink);border:1px solid var(--line);border-radius:6px;text-align:left;
overflow-wrap:anywhere;
font:16px/1.6 system-ui,"PingFang SC","Microsoft YaHei","Noto Sans CJK SC","Noto Sans SC",sans-serif}
@media (prefers-color-scheme:dark){.car{--ink:#e3e8ed;--soft:#a3afba;--line:#3d4852;--page:#171c21;--head:#8fc1ee;
--tint:#20272e;--good:#72c795;--bad:#ef9a94;--open:#e4b35e;--loud:#443611}}
.car *{box-sizing:border-box}
.car h1{font-size:1.35em;margin:0 0 .7em;line-height:1.3;color:inherit}
.car h2{font-size:1.08em;font-weight:600;margin:1.6em 0 .4em;color:var(--head)}
.car summary{cursor:pointer;margin:1.6em 0 .4em}.car summary h2{display:inline;margin:0}
.car p{margin:.5em 0}
.car .loud{background:var(--loud);border:2px solid var(--open);padding:.4em .8em;font-weight:600}
.car dl{margin:0}.car dl>div{display:flex;gap:.9em;margin:.2em 0}
.car dt{color:var(--soft);flex:0 0 11em;font-weight:400}
.car dd{margin:0;flex:1}
.car .head{border-left:4px solid var(--soft);padding:.2em 0 .2em 1em}.car .head dt{flex-basis:8em}
.car.eligible .head{border-color:var(--good)}.car.ineligible .head{border-color:var(--bad)}
.car.undetermined .head{border-color:var(--open)}
.car .head>div:nth-child(-n+2) dd{font-size:1.2em;font-weight:600;line-height:1.35}
.car ul,.car ol{margin:.3em 0;padding-left:1.9em}.car li{margin:.55em 0;background:none}
.car .points{list-style:none;padding-left:0}.car .points>li{display:flex;gap:.5em}.car .points>li>div{flex:1}
.car b{flex:0 0 1em;text-align:center;font-weight:600}
.car b.yes{color:var(--good)}.car b.no{color:var(--bad)}.car b.unknown{color:var(--open)}
.car .sum{font-variant-numeric:tabular-nums}.car .sum span{font-weight:600}.car .sum div{margin-left:1em}
.car strong{display:inline-block;max-width:100%}
.car i,.car em{font-style:normal;color:var(--soft)}
.car p.fact{margin:0}
.car small{display:block;color:var(--soft);font-size:.84em;line-height:1.5}
.car table{border-collapse:collapse;width:100%;font-size:.86em;line-height:1.5;margin:.4em 0;display:table}
.car th,.car td{border:1px solid var(--line);padding:.35em .55em;text-align:left;vertical-align:top;
background:var(--page);color:inherit;font-weight:400}
.car thead th{background:var(--tint);white-space:nowrap}.car tbody th{font-weight:600}
.car footer{margin-top:1.8em;padding-top:.6em;border-top:1px solid var(--line);color:var(--soft)}
@media (min-width:40.01em){.car tbody th{width:17%}.car td:nth-child(2){width:19%}
.car td:nth-child(3),.car td:nth-child(4){width:16%}}
@media (max-width:40em){.car{padding:.8em .9em;margin:0;border:0;border-radius:0}.car dl>div{display:block}
.car .head>div{margin:.5em 0}.car thead{display:none}
.car table,.car tbody,.car tr,.car tbody th,.car td{display:block;width:100%}
.car tr{border:1px solid var(--line);padding:.4em .6em;margin:.6em 0}.car th,.car td{border:0;padding:.1em 0}
.car td::before{content:attr(data-of) " ";color:var(--soft)}}
@media print{.car{--ink:#000;--soft:#333;--line:#999;--page:#fff;--head:#000;--tint:#fff;--good:#000;--bad:#000;
--open:#000;--loud:#fff;border:0;margin:0;padding:0;max-width:none;font-size:11pt}
.car li,.car tr,.car dl>div{break-inside:avoid}
.car h2,.car summary{break-after:avoid}.car details::details-content{content-visibility:visible;block-size:auto}}
""".strip()
