package dev.runbook.lint;

import dev.runbook.diagnostic.Diagnostic;
import dev.runbook.diagnostic.Span;
import dev.runbook.rule.Reach;
import dev.runbook.yaml.Unread;

/** What must not be said about a runbook of which a part could not be read: it may be a mistake only for want of that part. */
final class Doubt {
    private static final String TAG = "{{";

    private Doubt() {}

    /**
     * Whether a finding may be false.
     *
     * @param reach of its rule
     */
    static boolean about(Diagnostic finding, Reach reach, Unread unread) {
        if (unread.isNothing()) {
            return false;
        }
        if (unread.holds(finding.span().start().line())) {
            // some rules look at lines, and of these nobody knows what they are
            return true;
        }
        return switch (reach) {
            case PART -> false;
            case NAMES -> mayBeThere(marked(finding), unread);
            case SHELLS -> unread.mayHold("variables") || unread.mayHold("powershell");
            case WHOLE -> true;
        };
    }

    private static boolean mayBeThere(String marked, Unread unread) {
        if (!marked.startsWith(TAG)) {
            return unread.mayHold(marked);
        }
        String head = marked.replaceAll("[{}#\\s]", "").split("\\.", 2)[0];
        // which names a step remembers is told deep inside of it, where a slip may have spoilt them
        return unread.mayHold(head) || unread.mayHold("remember");
    }

    private static String marked(Diagnostic finding) {
        Span span = finding.span();
        String line = finding.source().line(span.start().line());
        int from = Math.min(span.start().column() - 1, line.length());
        boolean oneLine = span.end().line() == span.start().line();
        int to = oneLine ? Math.min(span.end().column() - 1, line.length()) : line.length();
        return line.substring(from, Math.max(from, to));
    }
}
