package dev.runbook.lint;

import dev.runbook.base.Diagnostic;
import dev.runbook.base.Source;
import dev.runbook.base.Span;
import dev.runbook.base.Suggestion;
import dev.runbook.lint.Suppressions.Suppression.Mention;
import dev.runbook.yaml.Unread;
import dev.runbook.yaml.YamlReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The comments of a file that switch rules off. */
final class Suppressions {
    private static final String MARK = "runbook-lint:";

    private final Source source;
    private final List<Suppression> all;
    private final List<Diagnostic> mistakes;
    private final Unread unread;

    private Suppressions(Source source, List<Suppression> all, List<Diagnostic> mistakes, Unread unread) {
        this.source = source;
        this.all = all;
        this.mistakes = mistakes;
        this.unread = unread;
    }

    /** Those of a file; none where it is not YAML. */
    static Suppressions in(Source source) {
        // most files have none, and need not be read twice
        boolean mentioned = source.lines().stream().anyMatch(line -> line.contains(MARK));
        if (!mentioned) {
            return new Suppressions(source, List.of(), List.of(), Unread.NOTHING);
        }
        YamlReader.Draft draft = YamlReader.draft(source);
        return draft.root()
                .map(root -> {
                    SuppressionReader reader = new SuppressionReader(source, root, draft.unread());
                    return new Suppressions(source, reader.read(), reader.findings(), draft.unread());
                })
                .orElseGet(() -> new Suppressions(source, List.of(), List.of(), draft.unread()));
    }

    /**
     * What a file's comments make of its findings.
     *
     * @param left the findings that count, with what is wrong with the comments themselves
     * @param suppressed those that are switched off, each with its reason; it may be empty
     */
    record Outcome(List<Diagnostic> left, List<Suppressed> suppressed) {}

    /**
     * A finding that its author has switched off.
     *
     * @param finding that does not count
     * @param reason why, as the comment says; may be empty
     */
    record Suppressed(Diagnostic finding, String reason) {}

    /**
     * Parts the findings of this file into those that count and those that are switched off.
     *
     * @param findings of this file
     * @param rules the ids of all rules that were held against it, each with whether its errors can be switched off
     */
    Outcome apply(List<Diagnostic> findings, Map<String, Boolean> rules) {
        Set<String> switchable = rules.keySet().stream().filter(rules::get).collect(Collectors.toSet());
        List<Diagnostic> left = new ArrayList<>(mistakes);
        List<Suppressed> suppressed = new ArrayList<>();
        for (Diagnostic finding : findings) {
            all.stream()
                    .filter(suppression -> suppression.covers(finding, switchable))
                    .findFirst()
                    .ifPresentOrElse(
                            by -> suppressed.add(new Suppressed(finding, by.reason())), () -> left.add(finding));
        }
        for (Suppression suppression : all) {
            suppression.rules().stream()
                    .flatMap(mention -> idle(suppression, mention, findings, rules))
                    .forEach(left::add);
        }
        return new Outcome(left, suppressed);
    }

    private Stream<Diagnostic> idle(
            Suppression suppression, Mention mention, List<Diagnostic> findings, Map<String, Boolean> rules) {
        List<Diagnostic> reached = findings.stream()
                .filter(mention::names)
                .filter(suppression::reaches)
                .toList();
        if (!rules.getOrDefault(mention.rule(), false)
                && reached.stream().anyMatch(finding -> finding.severity() == Diagnostic.Severity.ERROR)) {
            return Stream.of(warning(
                    mention,
                    SuppressionRules.NOT_UNDERSTOOD,
                    "\"" + mention.rule()
                            + "\" cannot be switched off: a runbook with this mistake cannot be run. Correct it."));
        }
        if (!reached.isEmpty()) {
            return Stream.empty();
        }
        if (!rules.containsKey(mention.rule())) {
            return Stream.of(warning(
                    mention,
                    SuppressionRules.NOT_UNDERSTOOD,
                    "There is no rule \"" + mention.rule() + "\"."
                            + Suggestion.didYouMean(mention.rule(), rules.keySet())));
        }
        if (!unread.isNothing()) {
            // what it is for may be found once everything can be read
            return Stream.empty();
        }
        return Stream.of(warning(
                mention,
                SuppressionRules.UNUSED,
                "Nothing here breaks the rule \"" + mention.rule()
                        + "\". Delete this, or it will hide the next mistake."));
    }

    private Diagnostic warning(Mention mention, String rule, String message) {
        return new Diagnostic(source, mention.span(), Diagnostic.Severity.WARNING, rule, message);
    }

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
            boolean allowed = finding.severity() != Diagnostic.Severity.ERROR
                    || switchable.contains(finding.rule()) && !reason.isEmpty();
            return allowed && reaches(finding) && rules.stream().anyMatch(mention -> mention.names(finding));
        }
    }

    /** The ids of what can be wrong with a comment that switches rules off. They are warnings, and cannot be switched off. */
    static final class SuppressionRules {
        /** A comment that begins as ours do and says nothing that we know. */
        static final String NOT_UNDERSTOOD = "suppression";

        /** Nobody can tell later whether it is still right. */
        static final String WITHOUT_REASON = "suppression-without-reason";

        /** There is nothing to suppress; it would hide the next finding there. */
        static final String UNUSED = "unused-suppression";

        private SuppressionRules() {}
    }
}
