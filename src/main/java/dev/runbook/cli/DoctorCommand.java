package dev.runbook.cli;

import dev.runbook.base.Checked;
import dev.runbook.doctor.ComputerLook;
import dev.runbook.doctor.Observation;
import dev.runbook.doctor.ReachLook;
import dev.runbook.endpoint.Endpoints;
import dev.runbook.endpoint.powershell.ChildProcessLauncher;
import dev.runbook.language.Runbook;
import dev.runbook.plan.PlanPrint;
import dev.runbook.report.Columns;
import dev.runbook.session.Findings;
import dev.runbook.session.LiveEndpoints;
import dev.runbook.session.OpenedRunbook;
import dev.runbook.site.Site;
import dev.runbook.site.SiteBinder;
import dev.runbook.site.SuppliedValue;
import dev.runbook.terminal.CliContext;
import dev.runbook.terminal.ExitCode;
import dev.runbook.terminal.ThisProcess;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code doctor}: looks at this computer, and at what can be reached from it. */
@CommandLine.Command(
        name = "doctor",
        mixinStandardHelpOptions = true,
        description = {
            "Looks at what a run needs, on the spot and without a login: Java, the library for Windows logins, the"
                    + " window and its code page, the folder of runs.",
            "With a runbook also at each server, folder and management shell of which a value is given: names, ports,"
                    + " rights, PowerShell with its language mode and modules. Values that are missing are passed over."
                    + " Changes nothing."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  runbook doctor",
            "  runbook doctor failover --vars litware.yaml --runs D:\\runs",
            "  runbook doctor failover --var backup_sql=sqlb.litwareinc.com\\RTC"
        })
final class DoctorCommand implements CommandTree.Command {
    private static final String LINE = "%-9s %-18s ";
    private static final int INDENT = 29;

    private final CliContext context;

    @Parameters(
            arity = "0..1",
            paramLabel = "FILE",
            description = "The runbook whose values are looked at: a path, or the name of one inside this program.")
    private Optional<String> file = Optional.empty();

    @Mixin
    private VariableOptions variables = new VariableOptions();

    @Mixin
    private RunsOption runs = new RunsOption();

    DoctorCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public ExitCode execute() {
        List<Observation> found = new ArrayList<>(computer().findings());
        file.ifPresent(name -> found.addAll(reached(OpenedRunbook.named(name, context))));
        found.stream().flatMap(this::lines).forEach(context.out()::println);
        Map<Observation.Verdict, Long> counts =
                found.stream().collect(Collectors.groupingBy(Observation::verdict, Collectors.counting()));
        long wrong = counts.getOrDefault(Observation.Verdict.WRONG, 0L);
        context.err()
                .println(found.size() + " things looked at: " + wrong + " wrong, "
                        + counts.getOrDefault(Observation.Verdict.NOTE, 0L) + " to know, "
                        + counts.getOrDefault(Observation.Verdict.UNKNOWN, 0L) + " not seen."
                        + (file.isEmpty() ? " With a runbook and its values: doctor FILE --vars SITE." : ""));
        return wrong > 0 ? ExitCode.FINDINGS : ExitCode.DONE;
    }

    private ComputerLook computer() {
        return new ComputerLook(
                System.getProperty("os.name") + " " + System.getProperty("os.version") + ", "
                        + System.getProperty("os.arch"),
                context.isWindows(),
                Runtime.version(),
                System.getProperty("sun.arch.data.model", "an unknown number of"),
                ThisProcess.jar(),
                System.getProperty("java.library.path", ""),
                context.terminal() ? Optional.of(ThisProcess.terminalCharset()) : Optional.empty(),
                context.columns(),
                runs.folder(context).toString());
    }

    private List<Observation> reached(OpenedRunbook opened) {
        Runbook runbook = opened.runbook();
        List<Map<String, SuppliedValue>> values = new ArrayList<>(variables.strongestFirst(runbook, context));
        Set<String> given =
                values.stream().flatMap(map -> map.keySet().stream()).collect(Collectors.toSet());
        values.add(RehearsalValues.examples(runbook, variable -> false));
        Checked<Site> site = SiteBinder.withoutSecrets().bind(runbook, values, PlanPrint.RUN, PlanPrint.STAMP);
        Findings.print(site.diagnostics(), context.err());
        return site.value()
                .map(bound -> {
                    try (Endpoints endpoints = new LiveEndpoints("runbook doctor", ChildProcessLauncher::new)) {
                        return new ReachLook(bound, given, endpoints).findings();
                    }
                })
                .orElseGet(() -> List.of(new Observation(
                        Observation.Verdict.WRONG,
                        "values",
                        "they do not fit the runbook",
                        Optional.of("See above."))));
    }

    private Stream<String> lines(Observation finding) {
        String head = String.format(Locale.ROOT, LINE, finding.verdict().word(), finding.subject());
        Stream<String> words = fitted(finding.words());
        Stream<String> advice = finding.advice().stream().flatMap(this::fitted);
        List<String> all = Stream.concat(words, advice).toList();
        return Stream.concat(Stream.of(head + all.get(0)), all.stream().skip(1).map(line -> " ".repeat(INDENT) + line));
    }

    private Stream<String> fitted(String line) {
        int columns = context.columns();
        return columns > INDENT + 20 ? Columns.wrapped(line, columns - INDENT).stream() : Stream.of(line);
    }
}
