with
    return_lines as (select * from {{ ref("return_lines") }}),
    returns as (select * from {{ ref("returns") }}),

    found as (
        select
            return_lines.return_id || '-' || return_lines.line_no as object_id,
            return_lines.return_id as case_id,
            return_lines.entity_id,
            return_lines.line_no,
            return_lines.source_reason,
            returns.created_at as detected_at
        from return_lines
        inner join returns on returns.return_id = return_lines.return_id
        where return_lines.reason in ('missing', 'unmapped')
    )

    {{ exception_rows("missing_reason", "return_line", {"reason_code": "source_reason"}, line_no="line_no") }}
