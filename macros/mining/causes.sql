{#- What was judged and what was left out, by reason; 'judged' first. -#}
{% macro cause_totals(events, cases, outcome) -%}
    select left_out_reason, count(*) as cases, count(case when is_outcome then 1 end) as outcomes
    from ({{ outcome }}) as judged
    group by left_out_reason
    order by left_out_reason nulls first
{%- endmacro %}

{#- Judged cases with their attributes as words, and the values of each attribute by how common they are. `columns` maps
    names of attributes to SQL over `cases`; what is not known is '(unknown)'. -#}
{% macro cause_words(cases, outcome, columns, cluster) -%}
    judged as (select * from ({{ outcome }}) as outcome_of where is_outcome is not null),
    worded as (
        select
            case when judged.is_outcome then 1 else 0 end as outcome,
            cast(judged.seconds as decimal(18, 0)) as seconds,
            cast(judged.money as decimal(24, 6)) as money,
            {{ "coalesce(cast(cases." ~ cluster ~ " as varchar), judged.case_id)" if cluster else "judged.case_id" }}
            as cluster_id
            {%- for name, expression in columns.items() %}
                ,
                coalesce(
                    nullif(nullif(nullif(cast({{ expression }} as varchar), ''), 'missing'), 'unmapped'), '(unknown)'
                ) as word_{{ loop.index }}
            {%- endfor %}
        from judged
        inner join {{ cases }} as cases on cases.case_id = judged.case_id
    )
    {%- for name in columns %}
        ,
        ranked_{{ loop.index }} as (
            select
                word_{{ loop.index }} as word,
                count(*) as cases,
                row_number() over (order by count(*) desc, word_{{ loop.index }}) as place
            from worded
            group by word_{{ loop.index }}
        )
    {%- endfor %}
{%- endmacro %}

{#- How many values of an attribute keep their own code, the commonest first; all others share the code 0. -#}
{% macro cause_code(place) -%} case when {{ place }} <= 60 then {{ place }} else 0 end {%- endmacro %}

{#- The code of each value: code 0 is the values of an attribute that are grouped, with their number and cases. -#}
{% macro cause_values(events, cases, outcome, columns, cluster) -%}
    with
        {{ cause_words(cases, outcome, columns, cluster) }},
        coded as (
            {%- for name in columns %}
                select {{ loop.index0 }} as attribute, {{ cause_code("place") }} as code, word, cases
                from ranked_{{ loop.index }} {{ "union all" if not loop.last }}
            {%- endfor %}
        )
    select attribute, code, min(word) as word, count(*) as words, sum(cases) as cases
    from coded
    group by attribute, code
    order by attribute, code
{%- endmacro %}

{#- One row per judged case: its outcome, cluster (a number), seconds, money, and the codes code_1, code_2 .. of its
    values. Kept under the name `facts`, for everything else is counted of it. -#}
{% macro cause_facts(events, cases, outcome, columns, cluster, facts) -%}
    {%- set query -%}
        with {{ cause_words(cases, outcome, columns, cluster) }}
        select
            worded.outcome,
            worded.seconds,
            worded.money,
            dense_rank() over (order by worded.cluster_id) as cluster_id
            {%- for name in columns %}
                , {{ cause_code("ranked_" ~ loop.index ~ ".place") }} as code_{{ loop.index }}
            {%- endfor %}
        from worded
        {%- for name in columns %}
            inner join ranked_{{ loop.index }} on ranked_{{ loop.index }}.word = worded.word_{{ loop.index }}
        {%- endfor %}
    {%- endset -%}
    {{ replace_relation(facts, query) }}
{%- endmacro %}

{#- Cells: one row per combination of codes, with its cases and outcomes. -#}
{% macro cause_cells(events, cases, columns, facts) -%}
    {%- set codes -%}
        {%- for name in columns %}code_{{ loop.index }}{{ ", " if not loop.last }}{% endfor -%}
    {%- endset -%}
    select count(*) as cases, sum(outcome) as outcomes, {{ codes }}
    from {{ facts }}
    group by {{ codes }}
    order by {{ codes }}
{%- endmacro %}

{#- Slices: one row per code, or pair of codes, of the attributes in each of `sets` (their numbers, from 1), that at
    least `$support` cases have; the empty set is all cases. Sums over clusters of outcomes x outcomes, outcomes x cases
    and cases x cases tell how much alike the cases of a cluster are. -#}
{% macro cause_slices(events, cases, sets, facts) -%}
    with
        {%- for set in sets %}
            clusters_{{ loop.index }} as (
                select
                    {{ "code_" ~ set[0] if set else "0" }} as first_code,
                    {{ "code_" ~ set[1] if set | length > 1 else "0" }} as second_code,
                    cluster_id,
                    count(*) as cases,
                    sum(outcome) as outcomes,
                    count(seconds) as timed,
                    sum(seconds) as seconds,
                    sum(seconds * seconds) as seconds_squared,
                    sum(case when outcome = 1 then money end) as money
                from {{ facts }}
                group by {% for number in set %} code_{{ number }}, {% endfor %} cluster_id
            ),
        {%- endfor %}
        slices as (
            {%- for set in sets %}
                select
                    {{ loop.index0 }} as set_number,
                    first_code,
                    second_code,
                    sum(cases) as cases,
                    sum(outcomes) as outcomes,
                    sum(timed) as timed,
                    sum(seconds) as seconds,
                    sum(seconds_squared) as seconds_squared,
                    sum(money) as money,
                    count(*) as clusters,
                    sum(outcomes * outcomes) as outcomes_squared,
                    sum(outcomes * cases) as outcomes_by_cases,
                    sum(cases * cases) as cases_squared
                from clusters_{{ loop.index }}
                group by first_code, second_code
                having sum(cases) >= {{ "$support" if set else "1" }} {{ "union all" if not loop.last }}
            {%- endfor %}
        )
    select *
    from slices
    order by set_number, first_code, second_code
{%- endmacro %}

{#- One row per column of the cases that holds numbers only and more than `$most` different ones: its quartiles.
    `columns` maps names to SQL over `cases`. -#}
{% macro cause_quartiles(events, cases, columns) -%}
    {%- for expression in columns.values() %}
        select
            {{ loop.index0 }} as attribute,
            {%- for share in (0.25, 0.5, 0.75) %}
                percentile_cont({{ share }}) within group (
                    order by try_cast({{ expression }} as double)
                ) as quartile_{{ loop.index }}{{ "," if not loop.last }}
            {%- endfor %}
        from {{ cases }} as cases
        having
            count({{ expression }}) = count(try_cast({{ expression }} as double))
            and count(distinct {{ expression }}) > $most
            {{ "union all" if not loop.last }}
    {%- endfor %}
    order by attribute
{%- endmacro %}

{#- The columns that the cases have, one row each. -#}
{% macro cause_columns(events, cases) -%}
    select column_name from (describe select * from {{ cases }} as cases)
{%- endmacro %}
