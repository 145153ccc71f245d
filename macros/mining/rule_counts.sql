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

{#- One row per case with the verdict on each rule, and its excess; `judged` maps columns to the query of each. -#}
{% macro all_rule_verdicts(events, cases, judged) -%}
    select
        cases.case_id
        {%- for column in judged %}
            ,
            judged_{{ loop.index }}.verdict as {{ column }},
            judged_{{ loop.index }}.excess_micros as {{ column }}_excess
        {%- endfor %}
    from {{ cases }} as cases
    {%- for query in judged.values() %}
        left join ({{ query }}) as judged_{{ loop.index }} on judged_{{ loop.index }}.case_id = cases.case_id
    {%- endfor %}
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
