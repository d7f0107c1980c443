package dev.runbook.template;

import dev.runbook.base.Harmless;
import dev.runbook.base.Value;
import dev.runbook.base.Wildcards;
import dev.runbook.language.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Makes plain text of a template. */
final class TextOutput implements Walk.Output {
    private static final String UNKNOWN = "(unknown)";

    /** What the text is for. */
    enum Use {
        /** People read it: everything has words, secrets are dots. */
        PEOPLE,
        /** A comparison, a default. */
        PLAIN,
        /** A path or a pattern of file names. */
        PATH,
        /** A part of a parameter: data, which may hold a secret. */
        PARAMETER,
        /** A regular expression: what the author wrote has wildcards, what a value holds has none. */
        PATTERN
    }

    private final Text author;
    private final Use use;
    private final StringBuilder text = new StringBuilder();
    private final List<Problem> problems = new ArrayList<>();
    private boolean secret;

    TextOutput(Text author, Use use) {
        this.author = author;
        this.use = use;
    }

    /** The text as far as it could be filled. */
    String text() {
        return text.toString();
    }

    List<Problem> problems() {
        return List.copyOf(problems);
    }

    /** Whether a secret is in it. */
    boolean isSecret() {
        return secret;
    }

    @Override
    public void literal(int start, int end) {
        String written = author.raw().substring(start, end);
        text.append(
                switch (use) {
                    case PATTERN -> Wildcards.expression(written);
                    case PEOPLE -> Harmless.lines(written);
                    case PLAIN, PATH, PARAMETER -> written;
                });
    }

    @Override
    public void path(Tag tag, Value value) {
        value(tag, value, true);
    }

    @Override
    public void value(Tag tag, Value value) {
        value(tag, value, false);
    }

    private void value(Tag tag, Value value, boolean path) {
        if (use == Use.PEOPLE) {
            text.append(value instanceof Value.Nothing ? UNKNOWN : Harmless.line(value.text()));
        } else if (value instanceof Value.Nothing) {
            refuse(Problem.Kind.NO_VALUE, tag, tag + " has no value: null was found.");
        } else if (value instanceof Value.Items || value instanceof Value.Fields) {
            refuse(
                    Problem.Kind.UNFIT,
                    tag,
                    tag + " is a list or a map, which can only be a whole value, not a part of a text.");
        } else if (value instanceof Value.Secret hidden) {
            secret(tag, hidden);
        } else if (use == Use.PATH && !path && !isOneName(value.text())) {
            refuse(
                    Problem.Kind.UNFIT,
                    tag,
                    tag + " is \"" + value.text()
                            + "\". A value that is not of type path can only be one name, or a part of"
                            + " one, here: no separator, colon, wildcard or \"..\".");
        } else {
            text.append(use == Use.PATTERN ? Pattern.quote(value.text()) : value.text());
        }
    }

    private static boolean isOneName(String value) {
        return !value.isBlank()
                && !value.matches("\\.+")
                && value.codePoints()
                        .noneMatch(sign -> "/\\:*?\"<>|".indexOf(sign) >= 0 || Character.isISOControl(sign));
    }

    private void secret(Tag tag, Value.Secret hidden) {
        if (use == Use.PARAMETER) {
            secret = true;
            text.append(hidden.reveal());
        } else {
            refuse(Problem.Kind.UNFIT, tag, tag + " is a secret. A secret can only go into a parameter.");
        }
    }

    @Override
    public void edge(Tag tag) {}

    @Override
    public void missing(Problem problem) {
        if (use == Use.PEOPLE) {
            text.append(UNKNOWN);
        } else {
            problems.add(problem);
        }
    }

    @Override
    public boolean showsUnknown() {
        return use == Use.PEOPLE;
    }

    private void refuse(Problem.Kind kind, Tag tag, String message) {
        problems.add(Problem.of(kind, author, tag, message));
    }
}
