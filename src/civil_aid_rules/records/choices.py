"""The named values of the shipped records, each with its titles. An open item of the law is a value of its own."""

from __future__ import annotations

from typing import Literal

from civil_aid_rules.quantities.fields import ChoiceTitles

Registration = Literal["non_agricultural", "agricultural", "unified"]
REGISTRATION = ChoiceTitles(
    {
        "non_agricultural": ("non-agricultural registration", "非农业户口"),
        "agricultural": ("agricultural registration", "农业户口"),
        "unified": ("registration without that division", "取消农业、非农业划分的居民户口"),
    }
)

Relation = Literal[
    "head",
    "spouse",
    "child",
    "parent",
    "grandparent",
    "grandchild",
    "sibling",
    "child_in_law",
    "parent_in_law",
    "other_supported",
]
RELATION = ChoiceTitles(
    {
        "head": ("head of household", "户主"),
        "spouse": ("spouse", "配偶"),
        "child": ("child", "子女"),
        "parent": ("parent", "父母"),
        "grandparent": ("grandparent", "祖父母、外祖父母"),
        "grandchild": ("grandchild", "孙子女、外孙子女"),
        "sibling": ("brother or sister", "兄弟姐妹"),
        "child_in_law": ("son- or daughter-in-law", "儿媳、女婿"),
        "parent_in_law": ("parent-in-law", "公婆、岳父母"),
        "other_supported": (
            "another person with a legal duty of support between them",
            "其他具有法定赡养、扶养、抚养义务的人",
        ),
    }
)

Exclusion = Literal["prison", "religious_absence", "tekun_approved", "by_local_rule"]
EXCLUSION = ChoiceTitles(
    {
        "prison": ("serving a sentence in prison", "在监狱内服刑"),
        "religious_absence": (
            "religious staff away from the family for three years or more",
            "连续三年以上脱离家庭独立生活的宗教教职人员",
        ),
        "tekun_approved": ("approved for support as a person in extreme difficulty", "已批准特困人员救助供养"),
        "by_local_rule": ("excluded by a local rule that is named", "按当地规定不计入（须注明规定）"),
    }
)

IncomeKind = Literal[
    "wages",
    "farm_business",
    "other_business",
    "interest_and_dividends",
    "land_lease",
    "rent",
    "sale_of_property",
    "collective_dividends",
    "support_from_relatives",
    "pension",
    "basic_pension_central",
    "basic_pension_local",
    "elder_allowance",
    "unemployment_benefit",
    "streamlined_worker_relief",
    "social_relief",
    "survivor_grant",
    "veterans_pension",
    "compensation",
    "inheritance_and_gifts",
    "by_local_rule",
]
INCOME_KIND = ChoiceTitles(
    {
        "wages": ("wages", "工资性收入"),
        "farm_business": ("net income from farming", "家庭农业经营净收入"),
        "other_business": ("net income from a craft, trade or service", "家庭其他经营净收入"),
        "interest_and_dividends": ("interest and dividends", "利息、股息、红利"),
        "land_lease": ("lease of contracted land", "土地承包经营权流转收入"),
        "rent": ("rent", "出租收入"),
        "sale_of_property": ("sale of property", "变卖财产收入"),
        "collective_dividends": ("share in collective income", "集体收益分配"),
        "support_from_relatives": ("support from relatives", "赡养费、扶养费、抚养费"),
        "pension": ("pension", "离退休金、养老金"),
        "basic_pension_central": ("basic pension, part set by the State", "基础养老金（中央确定部分）"),
        "basic_pension_local": ("basic pension, part added locally", "基础养老金（地方增加部分）"),
        "elder_allowance": ("allowance for the very old", "高龄津贴"),
        "unemployment_benefit": ("unemployment benefit", "失业保险金"),
        "streamlined_worker_relief": ("relief for streamlined workers", "精减退职老职工救济费"),
        "social_relief": ("social relief money", "社会救济金"),
        "survivor_grant": ("survivor grant", "遗属补助金"),
        "veterans_pension": ("pension or allowance for veterans and their families", "优抚对象抚恤金、补助金"),
        "compensation": ("compensation", "赔偿收入"),
        "inheritance_and_gifts": ("inheritance and gifts", "继承、赠与收入"),
        "by_local_rule": ("income counted by a local rule that is named", "按当地规定计入的收入（须注明规定）"),
    }
)

AssetKind = Literal[
    "deposits", "securities", "motor_vehicle", "mobility_vehicle", "vessel", "house", "claim", "by_local_rule"
]
ASSET_KIND = ChoiceTitles(
    {
        "deposits": ("cash and deposits", "现金、存款"),
        "securities": ("securities", "有价证券"),
        "motor_vehicle": ("motor vehicle", "机动车辆"),
        "mobility_vehicle": ("mobility vehicle of a disabled person", "残疾人功能性补偿代步机动车辆"),
        "vessel": ("vessel", "船舶"),
        "house": ("house", "房屋"),
        "claim": ("claim", "债权"),
        "by_local_rule": ("asset counted by a local rule that is named", "按当地规定计入的财产（须注明规定）"),
    }
)

Provenance = Literal["evidenced", "declared", "averaged", "imputed"]
PROVENANCE = ChoiceTitles(
    {
        "evidenced": ("evidenced", "有证明材料"),
        "declared": ("declared by the family", "家庭申报"),
        "averaged": ("averaged", "按平均数推算"),
        "imputed": ("imputed", "按标准估算"),
    }
)

IncomePeriod = Literal["month", "year", "once"]
INCOME_PERIOD = ChoiceTitles({"month": ("a month", "按月"), "year": ("a year", "按年"), "once": ("once", "一次性")})

AssetFinding = Literal["within", "exceeds"]
ASSET_FINDING = ChoiceTitles(
    {"within": ("within the local rule", "符合规定"), "exceeds": ("beyond the local rule", "不符合规定")}
)

DisabilityKind = Literal["visual", "hearing", "speech", "physical", "intellectual", "mental", "multiple"]
DISABILITY_KIND = ChoiceTitles(
    {
        "visual": ("visual", "视力"),
        "hearing": ("hearing", "听力"),
        "speech": ("speech", "言语"),
        "physical": ("physical", "肢体"),
        "intellectual": ("intellectual", "智力"),
        "mental": ("mental", "精神"),
        "multiple": ("multiple", "多重"),
    }
)
