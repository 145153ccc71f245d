{#- Cases with numbers from 0 without gaps: sets of numbers are bitmaps, which count distinct cases without a sort or a
    hash table of every pair. `columns` are further columns of the cases. -#}
{% macro numbered_cases(cases, columns=[]) -%}
    select
        case_id,
        {% for column in columns %} {{ column }}, {% endfor %}
        cast({{ number_of_row() }} - 1 as integer) as case_number
    from {{ cases }}
{%- endmacro %}

{#- Steps of the numbered cases: an event and the one that directly follows it, with the wait between them. -#}
{% macro numbered_steps(events, numbered, columns) -%}
    select
        {{ numbered }}.case_number,
        {% for column in columns %} log_events.{{ column }}, log_events.next_{{ column }}, {% endfor %}
        {{ micros_between("log_events.event_at", "log_events.next_event_at") }} as micros,
        log_events.next_business_micros - log_events.business_micros as business_micros
    from {{ events }} as log_events
    inner join {{ numbered }} on {{ numbered }}.case_id = log_events.case_id
    where log_events.next_activity is not null
{%- endmacro %}

{#- How many distinct cases each group of `columns` has in `rows`: one bitmap per group and bucket of case numbers,
    whose set bits add up. A bitmap takes 256 bytes, so that even groups of one case each stay small. -#}
{% macro distinct_cases(rows, columns, condition="true") -%}
    {%- set names = columns | join(", ") -%}
    select {{ names }}, cast(sum(cases) as bigint) as cases
    from
        (
            select {{ names }}, {{ cases_of_bucket("case_number") }} as cases
            from {{ rows }}
            where {{ condition }}
            group by {{ names }}, {{ case_bucket("case_number") }}
        ) as buckets
    group by {{ names }}
{%- endmacro %}

{#- The bucket of numbers that share a bitmap. -#}
{% macro case_bucket(number) %} {{ return(adapter.dispatch("case_bucket")(number)) }}{% endmacro %}

{% macro duckdb__case_bucket(number) -%} {{ number }} - {{ number }} % 2048 {%- endmacro %}

{% macro spark__case_bucket(number) -%} {{ duckdb__case_bucket(number) }} {%- endmacro %}

{#- How many distinct numbers of one bucket a group has. -#}
{% macro cases_of_bucket(number) %} {{ return(adapter.dispatch("cases_of_bucket")(number)) }}{% endmacro %}

{% macro duckdb__cases_of_bucket(number) -%} bit_count(bitstring_agg({{ number }} % 2048, 0, 2047)) {%- endmacro %}

{% macro spark__cases_of_bucket(number) -%} count(distinct {{ number }}) {%- endmacro %}

{#- A number for each row from 1, in whatever order comes cheapest: good for telling rows apart, never for output. -#}
{% macro number_of_row() %} {{ return(adapter.dispatch("number_of_row")()) }}{% endmacro %}

{% macro duckdb__number_of_row() -%} row_number() over () {%- endmacro %}

{% macro spark__number_of_row() -%} row_number() over (order by null) {%- endmacro %}
