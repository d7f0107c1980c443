package dev.runbook.base;

import java.util.Comparator;
import java.util.Locale;

/**
 * One mistake of an author: what is wrong, where, and what to write instead.
 *
 * @param source the source that holds the mistake
 * @param span the wrong part
 * @param severity how bad it is
 * @param rule the id of the rule that found it, in kebab-case
 * @param message one or two plain sentences, the advice included
 */
public record Diagnostic(Source source, Span span, Severity severity, String rule, String message) {
    /** By file, then by place, then by rule: the order in which findings are printed. */
    public static final Comparator<Diagnostic> BY_PLACE = Comparator.comparing(
                    (Diagnostic diagnostic) -> diagnostic.source().name())
            .thenComparing(diagnostic -> diagnostic.span().start())
            .thenComparing(Diagnostic::rule)
            .thenComparing(Diagnostic::message);

    /** Hides in the message what is secret in the line that it is about. */
    public Diagnostic {
        message = source.hide(message, span.start().line());
    }

    /** An error about a whole value. */
    public static Diagnostic error(Origin origin, String rule, String message) {
        return new Diagnostic(origin.source(), origin.span(), Severity.ERROR, rule, message);
    }

    /** An error about some characters of a value. */
    public static Diagnostic error(Origin origin, Span span, String rule, String message) {
        return new Diagnostic(origin.source(), span, Severity.ERROR, rule, message);
    }

    /** A warning about a whole value. */
    public static Diagnostic warning(Origin origin, String rule, String message) {
        return new Diagnostic(origin.source(), origin.span(), Severity.WARNING, rule, message);
    }

    /** The same, no worse than that. */
    public Diagnostic atMost(Severity worst) {
        return severity.compareTo(worst) < 0 ? new Diagnostic(source, span, worst, rule, message) : this;
    }

    /** How bad a finding is, worst first. */
    public enum Severity {
        /** The runbook cannot be run. */
        ERROR,
        /** The runbook runs, and will probably hurt. */
        WARNING,
        /** The runbook could read better. */
        HINT;

        /** The word as printed. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
