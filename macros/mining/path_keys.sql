{#- What tells the path of each case from others, without a sort: sums over its steps of two independent 64-bit hashes
    of position and activity. Two paths share a key with a chance of 2^-128; among a million paths any two do with one
    of 10^12 / 2^129, which is less than 10^-26. -#}
{% macro path_keys(steps, position) -%}
    select
        case_id,
        sum({{ step_hash(position, "activity") }}) as one_key,
        sum({{ step_hash("activity", position) }}) as other_key
    from {{ steps }}
    group by case_id
{%- endmacro %}

{#- A hash of a pair whose values depend on the order of the two: another order is another hash. -#}
{% macro step_hash(first, second) %} {{ return(adapter.dispatch("step_hash")(first, second)) }}{% endmacro %}

{% macro duckdb__step_hash(first, second) -%} hash(hash({{ first }}, {{ second }})) {%- endmacro %}

{#- The $most frequent paths and how many cases take each, counted from the events alone. -#}
{% macro variant_counts(events, cases) -%}
    with
        keys as ({{ path_keys(events, "case_position") }}),

        counted as (
            select count(*) as cases, min(case_id) as one_case_id
            from keys
            group by one_key, other_key
            order by cases desc, one_case_id
            limit $most
        )

    select counted.cases, {{ ordered_list("log_events.activity", "log_events.case_position") }} as activities
    from counted
    inner join {{ events }} as log_events on log_events.case_id = counted.one_case_id
    group by counted.one_case_id, counted.cases
    order by counted.cases desc, activities
{%- endmacro %}
