{#- How many cases have each verdict on a rule; the arguments are those of `rule_judged`. -#}
{% macro rule_verdicts(events, cases) -%}
    select
        verdict,
        is_open,
        count(*) as cases,
        cast(sum(case when excess_micros > 0 then excess_micros else 0 end) as bigint) as excess_micros,
        cast(sum(cast(value as decimal(38, 9))) as double) as value
    from ({{ rule_judged(events, cases, **kwargs) }}) as judged
    group by verdict, is_open
    order by verdict, is_open
{%- endmacro %}

{#- One row per case with the verdict on each rule, and its excess; `judged` maps columns to the query of each. A case
    `is_awaited` while one of the rules in `timed` has something outstanding: its excess grows with the as-of instant. -#}
{% macro all_rule_verdicts(events, cases, judged, timed) -%}
    select
        cases.case_id
        {%- for column in judged %}
            , {{ column }}_judged.verdict as {{ column }}, {{ column }}_judged.excess_micros as {{ column }}_excess
        {%- endfor %},
        false
        {%- for column in judged if column in timed %} or {{ column }}_judged.is_owed {%- endfor %} as is_awaited
    from {{ cases }} as cases
    {%- for column, query in judged.items() %}
        left join ({{ query }}) as {{ column }}_judged on {{ column }}_judged.case_id = cases.case_id
    {%- endfor %}
{%- endmacro %}

{% macro count_cases(events, cases) -%} select count(*) from {{ cases }} as cases {%- endmacro %}

{#- One of `slices` parts of rows of cases, a case whole in one of them. -#}
{% macro slice_of_cases(rows, number, slices) -%}
    (select * from {{ rows }} as rows_ where hash(case_id) % {{ slices }} = {{ number }})
{%- endmacro %}

{% macro rule_columns(events, cases, kept) -%} {{ columns_of(kept) }} {%- endmacro %}

{#- What `rule_verdicts` answers, of the verdicts that are `kept` in `columns`; each row after its column's number. -#}
{% macro count_rule_verdicts(events, cases, kept, columns, value) -%}
    with
        judged as (
            select kept.*, cases.is_open, {{ "cases." ~ value if value else "cast(null as double)" }} as value_of_case
            from {{ kept }} as kept
            inner join {{ cases }} as cases on cases.case_id = kept.case_id
        ),
        counted as (
            {%- for column in columns %}
                select
                    {{ loop.index0 }} as rule_number,
                    {{ column }} as verdict,
                    is_open,
                    count(*) as cases,
                    sum(case when {{ column }}_excess > 0 then {{ column }}_excess else 0 end) as excess_micros,
                    sum(cast(value_of_case as decimal(38, 9))) as value_of_cases
                from judged
                group by {{ column }}, is_open {{ "union all" if not loop.last }}
            {%- endfor %}
        )
    select
        rule_number,
        verdict,
        is_open,
        cases,
        cast(excess_micros as bigint) as excess_micros,
        cast(value_of_cases as double) as value_of_cases
    from counted
    order by rule_number, verdict, is_open
{%- endmacro %}
