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

{#- The path of each pair of `keys`, written out once for all cases that have it: the activities of one of them in the
    order of `position`, of those `steps` that are `kept`. -#}
{% macro written_paths(keys, steps, position, kept="true") -%}
    select one_of.one_key, one_of.other_key, {{ ordered_path("steps.activity", "steps." ~ position) }} as variant
    from (select one_key, other_key, min(case_id) as case_id from {{ keys }} group by one_key, other_key) as one_of
    inner join {{ steps }} as steps on steps.case_id = one_of.case_id
    where {{ kept }}
    group by one_of.one_key, one_of.other_key
{%- endmacro %}

{#- A hash of a pair whose values depend on the order of the two: another order is another hash. -#}
{% macro step_hash(first, second) %} {{ return(adapter.dispatch("step_hash")(first, second)) }}{% endmacro %}

{% macro duckdb__step_hash(first, second) -%} hash(hash({{ first }}, {{ second }})) {%- endmacro %}

{% macro spark__step_hash(first, second) -%} cast(xxhash64({{ first }}, {{ second }}) as decimal(38, 0)) {%- endmacro %}

{#- The $most frequent paths and how many cases take each. `paths` as in `events_of_paths`. -#}
{% macro variant_counts(events, cases, paths=none) -%}
    with
        weights as ({{ path_weights(cases) }}),

        listed as (
            select case_id, {{ ordered_list("activity", "case_position") }} as activities
            from {{ paths or events_of_paths(events, cases) }} as log_paths
            group by case_id
        ),

        counted as (
            select listed.activities, cast(sum(weights.cases) as bigint) as cases, min(listed.case_id) as one_case_id
            from listed
            inner join weights on weights.case_id = listed.case_id
            group by listed.activities
            order by cases desc, one_case_id
            limit $most
        )

    select cases, activities
    from counted
    order by cases desc, activities
{%- endmacro %}
