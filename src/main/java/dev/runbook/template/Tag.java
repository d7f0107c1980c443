package dev.runbook.template;

import java.util.Optional;

/**
 * A tag as it stands in a text.
 *
 * @param kind what it is
 * @param path the name, perhaps with a column or part behind a dot; empty where a refused tag has none
 * @param start offset of its first brace in the raw text
 * @param end offset behind its last brace
 * @param refusal why it is refused, and what to write instead; present for {@link Kind#REFUSED} alone
 */
public record Tag(Kind kind, String path, int start, int end, Optional<String> refusal) {
    /** The path by which a section over a list names its item. */
    public static final String ITEM = ".";

    /** What a tag is. */
    public enum Kind {
        /** {@code {{name}}}. */
        VALUE,
        /** {@code {{#name}}}. */
        SECTION_START,
        /** {@code {{/name}}}. */
        SECTION_END,
        /** A tag that the language does not have, or that is not well formed. */
        REFUSED
    }

    static Tag of(Kind kind, String path, int start, int end) {
        return new Tag(kind, path, start, end, Optional.empty());
    }

    static Tag refused(String path, int start, int end, String why) {
        return new Tag(Kind.REFUSED, path, start, end, Optional.of(why));
    }

    /** The name, without column or part. */
    public String head() {
        int dot = path.indexOf('.');
        return dot > 0 ? path.substring(0, dot) : path;
    }

    /** The column or part behind the name. */
    public Optional<String> rest() {
        int dot = path.indexOf('.');
        return dot > 0 ? Optional.of(path.substring(dot + 1)) : Optional.empty();
    }

    @Override
    public String toString() {
        return switch (kind) {
            case VALUE, REFUSED -> "{{" + path + "}}";
            case SECTION_START -> "{{#" + path + "}}";
            case SECTION_END -> "{{/" + path + "}}";
        };
    }
}
