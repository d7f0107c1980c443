package dev.runbook.suppression;

import dev.runbook.diagnostic.Diagnostic;
import dev.runbook.diagnostic.Severity;
import dev.runbook.diagnostic.Span;
import java.util.List;
import java.util.Set;

/**
 * One comment that switches rules off.
 *
 * @param rules whose findings are not wanted
 * @param reason why; may be empty
 * @param comment where it stands
 * @param firstLine the first line for which it is meant
 * @param lastLine the last one
 */
record Suppression(List<Mention> rules, String reason, Span comment, int firstLine, int lastLine) {
    /**
     * A rule as named in the comment.
     *
     * @param rule its id
     * @param span where it is named
     */
    record Mention(String rule, Span span) {
        /** Whether a finding is one of this rule. */
        boolean names(Diagnostic finding) {
            return rule.equals(finding.rule());
        }
    }

    /** Copies the rules. */
    Suppression {
        rules = List.copyOf(rules);
    }

    /** Whether the finding is in the part of the file for which the comment is meant. */
    boolean reaches(Diagnostic finding) {
        int line = finding.span().start().line();
        return line >= firstLine && line <= lastLine;
    }

    /**
     * Whether the finding is left out. An error is only where somebody says why.
     *
     * @param switchable the rules whose errors can be switched off
     */
    boolean covers(Diagnostic finding, Set<String> switchable) {
        boolean allowed =
                finding.severity() != Severity.ERROR || switchable.contains(finding.rule()) && !reason.isEmpty();
        return allowed && reaches(finding) && rules.stream().anyMatch(mention -> mention.names(finding));
    }
}
