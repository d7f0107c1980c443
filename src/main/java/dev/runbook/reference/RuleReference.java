package dev.runbook.reference;

import dev.runbook.diagnostic.Diagnostic;
import dev.runbook.diagnostic.Source;
import dev.runbook.lint.Linter;
import dev.runbook.report.DiagnosticText;
import dev.runbook.rule.About;
import dev.runbook.rule.Rule;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Writes down what a rule is about. What is said about the bad example is found by running it. */
public final class RuleReference {
    private static final String FENCE = "```";
    private static final String HEAD = """
            # Rules

            What `runbook lint` finds. An **error** stops a run before it begins. A **warning** says that the runbook runs, and will probably
            hurt. A **hint** says that it could read better. `runbook lint --explain RULE` shows the same offline.

            An author who knows better switches a rule off by a comment, with the reason: `# runbook-lint: disable=RULE -- reason`. That
            holds for `lint` and for a run alike. Where an error **cannot be switched off**, a run could do nothing sensible,
            or `check` could change something.

            The examples leave out what has nothing to do with the rule: the first line, some variables, other steps. A test holds every one of
            them against the rules, and writes this page from them.

            """;

    private static final String OTHERS = """

            ## While a file is read

            These are found before any rule can be held against a runbook, and about the comments that switch rules off. The message says
            what to do.

            """;

    private final Linter linter;

    /** Runs the examples with these rules. */
    public RuleReference(Linter linter) {
        this.linter = linter;
    }

    /** The whole page: a table, then each rule with its anchor, its id. */
    public String page(List<Rule> rules) {
        String sections = rules.stream().map(this::section).collect(Collectors.joining("\n"));
        String table =
                table(rules.stream().map(Rule::about).toList(), about -> "[" + about.id() + "](#" + about.id() + ")");
        return HEAD + table + "\n" + sections + OTHERS + table(OtherFindings.all(), About::id);
    }

    private static String table(List<About> rules, Function<About, String> name) {
        return rules.stream()
                .map(about ->
                        "| " + name.apply(about) + " | " + about.standing() + " | " + escaped(about.summary()) + " |\n")
                .collect(Collectors.joining("", "| rule | | |\n|---|---|---|\n", ""));
    }

    /** One rule as Markdown, without a heading. */
    public String markdown(Rule rule) {
        About about = rule.about();
        return "**" + word(about) + ".** " + escaped(about.summary()) + " " + escaped(about.why()) + "\n\n"
                + fenced("yaml wrong", about.bad().text()) + "\n"
                + fenced("text", said(about)) + "\nInstead:\n\n"
                + fenced("yaml right", about.good().text());
    }

    /** One rule for a terminal. */
    public String text(Rule rule) {
        About about = rule.about();
        return about.id() + " (" + about.standing() + ")\n\n" + about.summary() + "\n" + about.why()
                + "\n\nWrong:\n\n" + indented(about.bad().text()) + "\n" + indented(said(about)) + "\nRight:\n\n"
                + indented(about.good().text());
    }

    /** One of the other findings for a terminal. */
    public static String text(About other) {
        return other.id() + " (" + other.standing() + ")\n\n" + other.summary() + "\n";
    }

    private String section(Rule rule) {
        return "## " + rule.id() + "\n\n" + markdown(rule);
    }

    private String said(About about) {
        Source source = Source.of("runbook.yaml", about.bad().runbook());
        List<Diagnostic> findings = linter.read(source).diagnostics();
        return DiagnosticText.of(findings);
    }

    private static String word(About about) {
        String word = about.standing();
        return Character.toUpperCase(word.charAt(0)) + word.substring(1);
    }

    private static String fenced(String kind, String text) {
        return FENCE + kind + "\n" + text + FENCE + "\n";
    }

    private static String indented(String text) {
        return text.lines().map(line -> "    " + line + "\n").collect(Collectors.joining());
    }

    /** Keeps stars and angle brackets of a sentence from becoming markup. */
    private static String escaped(String sentence) {
        return sentence.replaceAll("([*<>|_\\[\\]])", "\\\\$1");
    }
}
