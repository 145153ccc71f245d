-- One segment a milestone, one wait an event, one object a document.
{{ models_with_repeated_keys(["segments", "waits", "objects"]) }}
