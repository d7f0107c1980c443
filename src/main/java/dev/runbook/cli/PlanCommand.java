package dev.runbook.cli;

import dev.runbook.agreement.Agreement;
import dev.runbook.agreement.ApprovalFile;
import dev.runbook.agreement.PlanFile;
import dev.runbook.base.DurationText;
import dev.runbook.base.Harmless;
import dev.runbook.language.Runbook;
import dev.runbook.plan.Plan;
import dev.runbook.plan.PlanPrint;
import dev.runbook.plan.Planner;
import dev.runbook.report.PlanText;
import dev.runbook.session.OpenedRunbook;
import dev.runbook.session.PlannedRun;
import dev.runbook.site.SiteTemplate;
import dev.runbook.site.SuppliedValue;
import dev.runbook.terminal.CliContext;
import dev.runbook.terminal.ExitCode;
import dev.runbook.terminal.Refusal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code plan}: what a run would do, without touching anything. */
@CommandLine.Command(
        name = "plan",
        mixinStandardHelpOptions = true,
        description = "Shows what a run would do, step by step, with all values filled in. Connects to nothing.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  runbook plan failover failback --site-template > litware.yaml   a site file for both, to fill in",
            "  runbook plan failover --examples                       with the runbook's own examples, for reading",
            "  runbook plan failover --vars litware.yaml",
            "  runbook plan failover --vars litware.yaml --out agreed.json           to bind a run to it",
            "  runbook plan --show agreed.json                        to read what is agreed on",
            "  runbook plan failover --vars litware.yaml --approve-file yes.json --approve 4.2=RECOVER --expires 12h"
        })
final class PlanCommand implements CommandTree.Command {
    private CliContext context;

    @Parameters(
            paramLabel = "FILE",
            arity = "0..*",
            description = "The runbook: a path, or the name of one inside this program. Several with --site-template,"
                    + " none with --show.")
    private List<String> files = List.of();

    @Option(names = "--site-template", description = "Writes a commented site file with every variable instead.")
    private boolean siteTemplate;

    @Option(names = "--examples", description = "Takes the runbook's examples for what is not given, for reading.")
    private boolean examples;

    @Mixin
    private VariableOptions variables = new VariableOptions();

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "Also writes the plan to a file to which a run can be bound (run --plan), as text and in"
                    + " fingerprints. It holds no secret.")
    private Optional<String> out = Optional.empty();

    @Option(
            names = "--show",
            paramLabel = "FILE",
            description = "Shows what a file of --out or --approve-file holds, for whoever has to agree. Needs no"
                    + " runbook, and looks at nothing else.")
    private Optional<String> show = Optional.empty();

    @Option(
            names = "--approve-file",
            paramLabel = "FILE",
            description = {
                "Writes answers to confirms into a file for this very plan, for a run without a terminal (run"
                        + " --approvals).",
                "The file is not signed: whoever may write it may approve."
            })
    private Optional<String> approveFile = Optional.empty();

    @Option(
            names = "--approve",
            paramLabel = "STEP=ANSWER",
            description =
                    "With --approve-file: the answer to the confirm of one step, as it would be typed; many times.")
    private List<String> approvals = List.of();

    @Option(
            names = "--expires",
            paramLabel = "DURATION",
            defaultValue = "12h",
            description = "With --approve-file: how long the answers are worth something. Default: ${DEFAULT-VALUE}.")
    private String expires = "12h";

    @Mixin
    private ByOption by = new ByOption();

    @Mixin
    private FormatOption format = new FormatOption();

    PlanCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public ExitCode execute() {
        context = by.in(context);
        if (show.isPresent()) {
            Agreement.Shown shown = Agreement.read(context.path(show.get()));
            shown.lines().stream().map(Harmless::line).forEach(context.out()::println);
            context.err().println(Harmless.line(shown.made()));
            return ExitCode.DONE;
        }
        if (siteTemplate && !files.isEmpty()) {
            List<Runbook> runbooks = files.stream()
                    .map(name -> OpenedRunbook.named(name, context).runbook())
                    .toList();
            // a site file is UTF-8, whatever the console is
            context.out().writeBytes(SiteTemplate.of(runbooks).getBytes(StandardCharsets.UTF_8));
            context.out().flush();
            return ExitCode.DONE;
        }
        if (files.size() != 1) {
            throw Refusal.usage("plan needs one runbook, such as plan failover; several with --site-template, none with"
                    + " --show FILE.\nTry: runbook plan --help");
        }
        OpenedRunbook opened = OpenedRunbook.named(files.get(0), context);
        Plan plan = PlannedRun.outline(opened, given(opened.runbook()), context);
        if (format.isJson()) {
            context.document(PlanText.Json.of(plan));
        } else {
            PlanText.of(plan, context.paint()).forEach(context.out()::println);
        }
        boolean refused = Planner.steps(plan).stream()
                .filter(step -> step.left().isEmpty())
                .flatMap(step -> Stream.concat(step.action().stream(), step.rollback().stream()))
                .anyMatch(action -> action.refused().isPresent());
        if (refused) {
            context.err()
                    .println("A value does not fit where it is used: see what is refused above. A run would stop"
                            + " there.");
            return ExitCode.USAGE;
        }
        agree(opened);
        return ExitCode.DONE;
    }

    private void agree(OpenedRunbook opened) {
        if (out.isEmpty() && approveFile.isEmpty()) {
            return;
        }
        PlanPrint print = PlannedRun.print(opened, given(opened.runbook()), context);
        Instant now = context.clock().instant().truncatedTo(ChronoUnit.SECONDS);
        String maker = context.actor().name();
        out.map(context::path).ifPresent(path -> {
            PlanFile.of(print, PlannedRun.words(opened, given(opened.runbook()), context), now, maker)
                    .write(path);
            context.err().println("The plan is in " + path + ", hash " + print.hash() + ".");
        });
        approveFile.map(context::path).ifPresent(path -> {
            Instant end = now.plus(DurationText.parse(expires)
                    .orElseThrow(() -> Refusal.usage("--expires " + expires + " is no duration, such as 12h or 90m.")));
            ApprovalFile.of(print, answers(opened), now, end, maker).write(path);
            context.err().println("The approvals are in " + path + ", until " + end + ".");
        });
    }

    private Map<String, String> answers(OpenedRunbook opened) {
        Map<String, String> answers = AnswerOptions.approvals(approvals, opened);
        if (answers.isEmpty()) {
            throw Refusal.usage("--approve-file needs at least one --approve STEP=ANSWER.");
        }
        AnswerOptions.refuseInAdvance(answers, opened);
        return answers;
    }

    private List<Map<String, SuppliedValue>> given(Runbook runbook) {
        List<Map<String, SuppliedValue>> all = new ArrayList<>(variables.strongestFirst(runbook, context));
        if (examples) {
            all.add(RehearsalValues.examples(runbook, variable -> false));
        }
        return all;
    }
}
