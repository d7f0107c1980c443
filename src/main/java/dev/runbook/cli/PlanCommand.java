package dev.runbook.cli;

import dev.runbook.console.ExitCode;
import dev.runbook.console.Surroundings;
import dev.runbook.model.Runbook;
import dev.runbook.plan.Plan;
import dev.runbook.report.PlanText;
import dev.runbook.report.document.PlanJson;
import dev.runbook.session.OpenedRunbook;
import dev.runbook.session.PlannedRun;
import dev.runbook.site.Given;
import dev.runbook.site.SiteTemplate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
            "  runbook plan failover --site-template > litware.yaml   a site file with every variable, to fill in",
            "  runbook plan failover --examples                       with the runbook's own examples, for reading",
            "  runbook plan failover --vars litware.yaml"
        })
final class PlanCommand implements CommandTree.Command {
    private final Surroundings surroundings;

    @Parameters(paramLabel = "FILE", description = "The runbook: a path, or the name of one inside this program.")
    private String file = "";

    @Option(names = "--site-template", description = "Writes a commented site file with every variable instead.")
    private boolean siteTemplate;

    @Option(names = "--examples", description = "Takes the runbook's examples for what is not given, for reading.")
    private boolean examples;

    @Mixin
    private VariableOptions variables = new VariableOptions();

    @Mixin
    private FormatOption format = new FormatOption();

    PlanCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public ExitCode execute() {
        OpenedRunbook opened = OpenedRunbook.named(file, surroundings);
        if (siteTemplate) {
            surroundings.out().print(SiteTemplate.of(opened.runbook()));
            surroundings.out().flush();
            return ExitCode.DONE;
        }
        Plan plan = PlannedRun.of(opened, given(opened.runbook()), surroundings);
        if (format.isJson()) {
            surroundings.out().print(PlanJson.of(plan));
        } else {
            PlanText.of(plan, surroundings.paint()).forEach(surroundings.out()::println);
        }
        return ExitCode.DONE;
    }

    private List<Map<String, Given>> given(Runbook runbook) {
        List<Map<String, Given>> all = new ArrayList<>(variables.strongestFirst(runbook, surroundings));
        if (examples) {
            all.add(RehearsalValues.examples(runbook, Set.of()));
        }
        return all;
    }
}
