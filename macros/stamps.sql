{#- Where a date without a time stands: the closing time of that local day in the entity's calendar, else the local
    midnight that ends the day; UTC where no entity is known. `clocks` is a row of entity_clocks or of nothing. -#}
{% macro day_closing(day) -%}
    {%- set minutes -%}
        coalesce(
            case {{ iso_weekday(day) }}
                {% for weekday in range(1, 8) %} when {{ weekday }} then clocks.closes_{{ weekday }} {% endfor %}
            end,
            1440
        )
    {%- endset -%}
    {{ local_to_utc(add_minutes("cast(" ~ day ~ " as timestamp)", minutes), "coalesce(clocks.time_zone, 'UTC')") }}
{%- endmacro %}

{#- The UTC instant of a stamp of `versions`, read with the clock of its entity in `clocks`. -#}
{% macro instant(column) -%}
    coalesce(
        versions.{{ column }},
        case when versions.{{ column }}_day is not null then {{ day_closing("versions." ~ column ~ "_day") }} end
    )
{%- endmacro %}

{#- The same for a stamp that may be the wall clock of a site, whose zone `sites` has; UTC where the site is unknown. -#}
{% macro site_instant(column) -%}
    coalesce(
        versions.{{ column }},
        case
            when versions.{{ column }}_local is not null
            then {{ local_to_utc("versions." ~ column ~ "_local", "coalesce(sites.time_zone, 'UTC')") }}
        end,
        case when versions.{{ column }}_day is not null then {{ day_closing("versions." ~ column ~ "_day") }} end
    )
{%- endmacro %}

{#- 'day' for a date without a time, 'second' for every other stamp. -#}
{% macro precision(column) -%} case when versions.{{ column }}_day is null then 'second' else 'day' end {%- endmacro %}

{#- Where the row stands in the extracts. -#}
{% macro extract_row() -%}
    versions._source_key as source_key, versions._file as source_file, versions._row_number as source_row
{%- endmacro %}

{#- Keeps per key the version with the greatest updated_at; ties and tables without one: the last row of the last file.
    Most keys have one version: only the others are sorted. A key has no nulls. -#}
{% macro latest_version(rows, keys, updated_at=none) -%}
    with several as (select {{ keys }} from {{ rows }} group by {{ keys }} having count(*) > 1)

    select *
    from {{ rows }}
    anti join several using ({{ keys }})
    union all
    select *
    from {{ rows }}
    semi join several using ({{ keys }})
    qualify
        row_number() over (
            partition by {{ keys }}
            order by {% if updated_at %} {{ updated_at }} desc nulls last, {% endif %} source_file desc, source_row desc
        )
        = 1
{%- endmacro %}

{#- A stamp of `rows_` as the as-of instant knows it: null when it lies later. -#}
{% macro known(column) -%} case when rows_.{{ column }} <= as_of.as_of_at then rows_.{{ column }} end {%- endmacro %}
