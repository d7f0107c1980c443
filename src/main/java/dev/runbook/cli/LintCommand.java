package dev.runbook.cli;

import dev.runbook.base.Diagnostic;
import dev.runbook.base.Excerpt;
import dev.runbook.base.ProgramVersion;
import dev.runbook.base.Suggestion;
import dev.runbook.library.Library;
import dev.runbook.lint.Baseline;
import dev.runbook.lint.Delivery;
import dev.runbook.lint.Fixer;
import dev.runbook.lint.Format;
import dev.runbook.lint.InputFiles;
import dev.runbook.lint.Inspection;
import dev.runbook.lint.LintReport;
import dev.runbook.lint.Linter;
import dev.runbook.lint.RuleReference;
import dev.runbook.terminal.CliContext;
import dev.runbook.terminal.ExitCode;
import dev.runbook.terminal.Refusal;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code lint}: everything that is wrong with runbooks, without connecting to anything. */
@CommandLine.Command(
        name = "lint",
        mixinStandardHelpOptions = true,
        description = {
            "Says everything that is wrong with runbooks, with file, line and column. Connects to nothing.",
            "Findings go to standard output, all else to standard error."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  runbook lint runbooks/*.yaml",
            "  runbook lint --fail-on warning --format text --format sarif=lint.sarif runbooks",
            "  runbook lint - --stdin-name runbooks/failover.yaml < failover.yaml",
            "  runbook lint --baseline lint-baseline.txt --write-baseline runbooks",
            "  runbook lint --explain missing-rollback"
        })
final class LintCommand implements CommandTree.Command {
    private final CliContext context;

    @Parameters(
            paramLabel = "FILE",
            arity = "0..*",
            description = {
                "Runbooks: paths, patterns such as \"runbooks/**/*.yaml\", folders, names of those inside this"
                        + " program,",
                "or - for standard input. Of a folder, all .yaml and .yml files below it that are runbooks."
            })
    private List<String> files = List.of();

    @Option(
            names = "--format",
            paramLabel = "FORMAT[=FILE]",
            description = {
                "text, json, jsonl, sarif, github, gitlab, junit or checkstyle; with a file, it is written there.",
                "May be given many times, once without a file. Default: text."
            })
    private List<String> formats = List.of();

    @Option(
            names = "--fail-on",
            paramLabel = "SEVERITY",
            description = "error, warning or hint: findings as bad as this give exit code 1. Default: error.")
    private String failOn = "error";

    @Option(
            names = "--stdin-name",
            paramLabel = "NAME",
            description = "What findings call the file that comes from standard input. Default: stdin.")
    private String stdinName = "stdin";

    @Option(
            names = "--baseline",
            paramLabel = "FILE",
            description = "Leaves out the findings that stand in this file, so that only new ones count.")
    private Optional<String> baseline = Optional.empty();

    @Option(
            names = "--write-baseline",
            description = "Writes all findings of today into the file of --baseline instead of showing them.")
    private boolean writeBaseline;

    @Option(
            names = "--no-suppressions",
            description = {
                "Findings that comments have switched off count all the same: for the review of somebody else's file.",
                "Without it they are counted, and every format names them with their reasons."
            })
    private boolean noSuppressions;

    @Option(
            names = "--cmdlets",
            paramLabel = "FILE",
            description = "Adds cmdlets of your own to those that the rules know. docs/cmdlets.md shows the form.")
    private Optional<String> cmdlets = Optional.empty();

    @Option(
            names = "--fix",
            description = {
                "Corrects what is mechanical and keeps its meaning: typographic characters, a blank behind"
                        + " \"service:\",",
                "tags without quotes. Then looks at what is left."
            })
    private boolean fix;

    @Option(
            names = "--rules-page",
            paramLabel = "URL",
            description = "Where your copy of the page on rules can be read; SARIF links to it.")
    private Optional<URI> rulesPage = Optional.empty();

    @Option(
            names = "--explain",
            paramLabel = "RULE",
            description = "Says why a rule is there, with what breaks it and what to write instead. Looks at no file.")
    private Optional<String> explain = Optional.empty();

    LintCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public ExitCode execute() {
        if (explain.isPresent()) {
            return explain(explain.get());
        }
        Diagnostic.Severity severity = severity();
        List<Delivery.Output> outputs = outputs();
        if (fix) {
            Fixer.files(inputs()).forEach(said -> context.err().println(Excerpt.oneLine(said)));
        }
        List<InputFiles.Input> inputs = inputs();
        Inspection looked = Inspection.of(inputs, linter());
        Inspection all = noSuppressions ? looked.withSuppressed() : looked;
        if (writeBaseline) {
            return writeBaseline(all);
        }
        Optional<Baseline> known =
                baseline.map(file -> Baseline.read(Library.plain(context.folder(), context.path(file))));
        Inspection shown = known.map(all::without).orElse(all).bounded();
        LintReport report = new LintReport(
                "runbook " + ProgramVersion.TEXT,
                shown.files(),
                shown.findings(),
                shown.suppressed(),
                severity,
                rules(outputs),
                shown.notChecked());
        Delivery delivery = new Delivery(context);
        delivery.write(report, outputs);
        delivery.tell(report);
        known.ifPresent(baseline -> delivery.tell(baseline, all));
        return report.fails() ? ExitCode.FINDINGS : ExitCode.DONE;
    }

    private ExitCode explain(String rule) {
        String text = RuleReference.explain(rule)
                .orElseThrow(() -> Refusal.usage("There is no rule \"" + rule + "\"."
                        + Suggestion.didYouMean(rule, RuleReference.ids()) + " All rules: "
                        + String.join(", ", RuleReference.ids()) + "."));
        context.out().print(text);
        context.out().flush();
        return ExitCode.DONE;
    }

    private Diagnostic.Severity severity() {
        return Stream.of(Diagnostic.Severity.values())
                .filter(severity -> severity.word().equals(failOn.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> Refusal.usage("--fail-on is error, warning or hint, not " + failOn + "."
                        + Suggestion.didYouMean(failOn, List.of("error", "warning", "hint"))));
    }

    private List<Delivery.Output> outputs() {
        List<Delivery.Output> outputs = Stream.ofNullable(formats)
                .flatMap(List::stream)
                .map(written -> Delivery.Output.parse(written)
                        .orElseThrow(() -> Refusal.usage("--format " + written + " is none of "
                                + Delivery.Output.FORMATS + ", each with =FILE behind it or without.")))
                .toList();
        if (outputs.stream().filter(output -> output.file().isEmpty()).count() > 1) {
            throw Refusal.usage(
                    "Only one --format can go to standard output. Give the others a file: --format sarif=lint.sarif.");
        }
        return outputs.isEmpty() ? List.of(new Delivery.Output(Format.TEXT, Optional.empty())) : outputs;
    }

    private List<InputFiles.Input> inputs() {
        if (files.isEmpty()) {
            throw Refusal.usage("Name runbooks, patterns or folders, such as: runbook lint runbooks");
        }
        if (fix && files.contains("-")) {
            throw Refusal.usage("--fix changes files, and standard input is none.");
        }
        InputFiles found = new InputFiles(context.folder());
        for (String file : files) {
            if (file.equals("-")) {
                found.add(stdinName, context.in());
            } else {
                found.add(file);
            }
        }
        if (!found.missing().isEmpty()) {
            throw Refusal.usage(String.join("\n", found.missing()));
        }
        if (found.passedBy() > 0) {
            context.err().println("Passed by " + found.passedBy() + " YAML files that are no runbooks.");
        }
        return found.inputs();
    }

    private Linter linter() {
        return cmdlets.map(file -> Linter.withCmdlets(Library.plain(context.folder(), context.path(file)), file))
                .orElseGet(Linter::new);
    }

    private ExitCode writeBaseline(Inspection all) {
        String file = baseline.orElseThrow(() -> Refusal.usage("--write-baseline needs --baseline FILE."));
        Baseline.write(context.path(file), all.findings());
        context.err().println("Wrote " + all.findings().size() + " findings to " + Excerpt.oneLine(file) + ".");
        return ExitCode.DONE;
    }

    /** Only one format describes them, and that takes a moment. */
    private List<LintReport.KnownRule> rules(List<Delivery.Output> outputs) {
        boolean wanted = outputs.stream().anyMatch(output -> output.format() == Format.SARIF);
        return wanted ? RuleReference.rules(rulesPage) : List.of();
    }
}
