package dev.runbook.lint;

import dev.runbook.base.Diagnostic;
import dev.runbook.base.Source;
import dev.runbook.report.DiagnosticText;
import dev.runbook.rule.About;
import dev.runbook.rule.Rule;
import dev.runbook.rule.Rules;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes down what a rule is about. What is said about the bad example is found by running it. */
public final class RuleReference {
    private static final String NOWHERE = "urn:runbook:rule:";

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
    RuleReference(Linter linter) {
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
    String markdown(Rule rule) {
        About about = rule.about();
        return "**" + word(about) + ".** " + escaped(about.summary()) + " " + escaped(about.why()) + "\n\n"
                + fenced("yaml wrong", about.bad().text()) + "\n"
                + fenced("text", said(about)) + "\nInstead:\n\n"
                + fenced("yaml right", about.good().text());
    }

    /** One rule for a terminal. */
    String text(Rule rule) {
        About about = rule.about();
        return about.id() + " (" + about.standing() + ")\n\n" + about.summary() + "\n" + about.why()
                + "\n\nWrong:\n\n" + indented(about.bad().text()) + "\n" + indented(said(about)) + "\nRight:\n\n"
                + indented(about.good().text());
    }

    /** One of the other findings for a terminal. */
    static String text(About other) {
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

    /**
     * Everything that can be found.
     *
     * @param page where somebody has put the page on rules; empty where nobody has
     */
    public static List<LintReport.KnownRule> rules(Optional<URI> page) {
        RuleReference reference = new RuleReference(new Linter());
        List<LintReport.KnownRule> known = new ArrayList<>();
        for (Rule rule : Rules.all()) {
            known.add(known(rule.about(), reference.markdown(rule), page));
        }
        for (About other : RuleReference.OtherFindings.all()) {
            known.add(known(other, other.summary(), page));
        }
        return known;
    }

    /** What there is to say about a rule, for a terminal; empty if there is none of that id. */
    public static Optional<String> explain(String id) {
        return Rules.all().stream()
                .filter(rule -> rule.id().equals(id))
                .findFirst()
                .map(rule -> new RuleReference(new Linter()).text(rule))
                .or(() -> RuleReference.OtherFindings.of(id).map(RuleReference::text));
    }

    /** The ids of everything that can be found. */
    public static List<String> ids() {
        return Stream.concat(
                        Rules.all().stream().map(Rule::id),
                        RuleReference.OtherFindings.all().stream().map(About::id))
                .toList();
    }

    private static LintReport.KnownRule known(About about, String help, Optional<URI> page) {
        // no address is better than one that leads nowhere, but the id of the rule is an address of a kind
        URI address = page.map(where -> URI.create(where + "#" + about.id()))
                .orElseGet(() -> URI.create(NOWHERE + about.id()));
        return new LintReport.KnownRule(about.id(), about.severity(), about.summary(), help, address);
    }

    /**
     * What is found while a file is read, before any rule can be held against it, and what is found about comments that switch rules
     * off. Their messages say where and what to do; there is nothing to discuss about them, so they have no examples.
     */
    static final class OtherFindings {
        private OtherFindings() {}

        /** All of them, in the order in which they are documented: the file, its YAML, its keys and values, comments. */
        public static List<About> all() {
            return List.of(
                    found(
                            "file",
                            "The file is not there, cannot be read, or is too large: over 1 MB, a line over 5,000"
                                    + " characters, a text over 50,000, or more than 20,000 keys and values."),
                    found("encoding", "The file is not UTF-8."),
                    found("control-character", "A character that nobody can see, or that controls a terminal."),
                    found("yaml", "The file is not valid YAML at this place."),
                    found("unquoted-tag", "A value that begins with a tag has no quotes; YAML reads a map in a map."),
                    found("duplicate-key", "A key stands in one map twice."),
                    found("empty-value", "A key or an item of a list has no value."),
                    found("key", "A key is not a text."),
                    found("alias", "Anchors and aliases are not part of the language."),
                    found("merge-key", "Merge keys are not part of the language."),
                    found("tag", "YAML's own tags are not part of the language."),
                    found("directive", "YAML's directives are not part of the language."),
                    found("several-documents", "A file holds one document."),
                    found("nesting", "Lists and maps are nested deeper than 50 levels."),
                    found("unknown-key", "The language has no such key at this place."),
                    found("misplaced-key", "A key does not go with the others beside it."),
                    found("missing-key", "A key is missing that has to be there."),
                    found("one-thing", "Two things stand in one place that holds one."),
                    found("idle-step", "A step does nothing, asserts nothing and waits for nothing."),
                    found("wrong-value", "A value is not of the kind that its key takes."),
                    found("error-number", "What stands for an error can be none, so it would never be met."),
                    found("name", "A name is not written as such names are."),
                    found("reserved-name", "A name means something else already."),
                    found("tag-in-name", "A tag stands where a name is wanted, and names are never filled in."),
                    found("cmdlet-reference", "A file of --cmdlets is not written as such files are."),
                    About.warning(
                            Suppressions.SuppressionRules.NOT_UNDERSTOOD,
                            "A comment for runbook-lint cannot do what it says."),
                    About.warning(
                            Suppressions.SuppressionRules.WITHOUT_REASON,
                            "A comment switches a rule off and does not say why."),
                    About.warning(
                            Suppressions.SuppressionRules.UNUSED,
                            "A comment switches a rule off that nothing breaks."));
        }

        private static About found(String id, String summary) {
            return About.error(id, summary).always();
        }

        /** The one of that id. */
        public static Optional<About> of(String id) {
            return all().stream().filter(about -> about.id().equals(id)).findFirst();
        }
    }
}
