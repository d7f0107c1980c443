package dev.runbook.lint;

import dev.runbook.base.Checked;
import dev.runbook.base.Diagnostic;
import dev.runbook.base.Source;
import dev.runbook.base.Span;
import dev.runbook.language.Runbook;
import dev.runbook.language.RunbookReader;
import dev.runbook.report.DiagnosticText;
import dev.runbook.rule.About;
import dev.runbook.rule.CmdletReference;
import dev.runbook.rule.Rule;
import dev.runbook.rule.Rules;
import dev.runbook.terminal.Refusal;
import dev.runbook.yaml.SourceReader;
import dev.runbook.yaml.Unread;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Reads runbooks and holds every rule against them. */
public final class Linter {
    private final RunbookReader reader = new RunbookReader();
    private final List<Rule> rules;

    /** With the cmdlets that are known to the program. */
    public Linter() {
        this(Rules.all());
    }

    /** With these rules. */
    Linter(List<Rule> rules) {
        this.rules = List.copyOf(rules);
    }

    /**
     * With the cmdlets that are known to the program and those that a user describes in a file.
     *
     * @param name what messages call the file
     * @throws Refusal if it cannot be read, with everything that is wrong with it
     */
    public static Linter withCmdlets(Path file, String name) {
        Checked<Source> source = SourceReader.read(file, name);
        List<Diagnostic> findings = new ArrayList<>(source.diagnostics());
        Checked<CmdletReference> own =
                source.value().map(CmdletReference::read).orElseGet(() -> Checked.failed(List.of()));
        findings.addAll(own.diagnostics());
        return own.value()
                .map(CmdletReference.shipped()::and)
                .map(known -> new Linter(Rules.all(known)))
                .orElseThrow(() -> Refusal.usage(
                        DiagnosticText.of(findings) + "Correct the file of --cmdlets: no runbook was looked at."));
    }

    /**
     * Loads a runbook and checks it, all at once: mistakes of YAML, of shape and of meaning. Where an entry cannot be read, all
     * else is looked at still, and what could be a mistake only for want of that entry is not told. What the author has
     * switched off by a comment is left out.
     *
     * @return the runbook with warnings and hints at most, or everything that is wrong with it; a runbook may be run exactly
     *     when this returns a value
     */
    public Checked<Runbook> read(Source source) {
        return inspect(source).runbook();
    }

    /**
     * What came of looking at a runbook.
     *
     * @param runbook as {@link #read} gives it
     * @param suppressed what would have been found besides, but for a comment
     */
    record Inspected(Checked<Runbook> runbook, List<Suppressions.Suppressed> suppressed) {}

    /** As {@link #read}, with the findings that the author has switched off. */
    Inspected inspect(Source source) {
        return inspect(source, UnaryOperator.identity());
    }

    private Inspected inspect(Source source, UnaryOperator<Diagnostic> judged) {
        RunbookReader.Draft draft = reader.draft(source);
        List<Diagnostic> findings = new ArrayList<>(draft.findings());
        draft.runbook()
                .ifPresent(runbook ->
                        lint(runbook, draft.unread()).stream().map(judged).forEach(findings::add));
        Suppressions.Outcome outcome = Suppressions.in(source).apply(findings, Rules.switchable(rules));
        Checked<Runbook> checked = new Checked<>(draft.runbook(), outcome.left());
        return new Inspected(
                checked.hasErrors() ? Checked.failed(checked.diagnostics()) : checked, outcome.suppressed());
    }

    /** Rules that came when runs could begin already, among those that cannot be switched off. */
    private static final Set<String> LATER = Set.of("code-in-parameter");

    /**
     * The same for the copy of a runbook with which a run began. It keeps the rules that it began with: what breaks one today,
     * the program that began it knew nothing of, and a run that is under way has to get to its end. So errors are warnings, but
     * for those without which nothing sensible can be done.
     */
    public Checked<Runbook> readBegun(Source source) {
        Map<String, Boolean> switchable = Rules.switchable(rules);
        return inspect(
                        source,
                        finding -> switchable.getOrDefault(finding.rule(), false) || LATER.contains(finding.rule())
                                ? finding.atMost(Diagnostic.Severity.WARNING)
                                : finding)
                .runbook();
    }

    /** Everything that breaks a rule, in the order of the file. */
    List<Diagnostic> lint(Runbook runbook) {
        return lint(runbook, Unread.NOTHING);
    }

    private List<Diagnostic> lint(Runbook runbook, Unread unread) {
        return rules.stream()
                .flatMap(rule -> rule.check(runbook).stream()
                        .filter(finding -> !Doubt.about(finding, rule.about().reach(), unread)))
                .distinct()
                .sorted(Diagnostic.BY_PLACE)
                .toList();
    }

    /** What must not be said about a runbook of which a part could not be read: it may be a mistake only for want of that part. */
    private static final class Doubt {
        private static final String TAG = "{{";

        private Doubt() {}

        /**
         * Whether a finding may be false.
         *
         * @param reach of its rule
         */
        static boolean about(Diagnostic finding, About.Reach reach, Unread unread) {
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
}
