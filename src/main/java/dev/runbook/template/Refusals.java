package dev.runbook.template;

/** Why tags are refused, in words for authors. */
final class Refusals {
    static final String UNESCAPED =
            "A tag that leaves out the escaping is refused. Write {{name}}: the place where it stands decides how it is escaped.";
    static final String UNCLOSED = "This tag is never closed. Write }} behind the name.";
    static final String TOO_DEEP = "Sections are nested too deep.";

    private Refusals() {}

    /** Why a tag that begins with this mark is refused. */
    static String of(char mark) {
        return switch (mark) {
            case '^' ->
                "A section for what is missing ({{^name}}) is refused. Use a condition of a step (when) instead.";
            case '>' -> "A partial ({{>name}}) is refused: a runbook includes nothing. Write the text itself.";
            case '<', '$' -> "An inherited layout ({{<name}}, {{$name}}) is refused. Write the text itself.";
            case '=' -> "Other delimiters are refused. Tags are always written {{name}}.";
            case '!' -> "A comment tag is refused. Write a YAML comment: # and a blank before it.";
            case '%' -> "A pragma is refused.";
            default -> name(String.valueOf(mark));
        };
    }

    /** A name that cannot be one. */
    static String name(String path) {
        return path.isEmpty()
                ? "A tag needs a name: {{name}} or {{name.column}}."
                : "\"" + path
                        + "\" cannot be the name in a tag. Write {{name}} or {{name.column}}, with letters, digits and _.";
    }

    /** A section that never ends. */
    static String unclosed(Tag open) {
        return "The section {{#" + open.path() + "}} never ends. Write {{/" + open.path() + "}} where it ends.";
    }

    /** An end without its section. */
    static String strayEnd(String written, String open) {
        return open.isEmpty()
                ? written + " ends a section that never began."
                : written + " stands where {{/" + open + "}} has to end its section first.";
    }
}
