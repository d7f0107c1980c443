package dev.runbook.cli;

import dev.runbook.console.ExitCode;
import dev.runbook.console.Surroundings;
import dev.runbook.plan.Plan;
import dev.runbook.report.PlanText;
import dev.runbook.session.OpenedRunbook;
import dev.runbook.session.PlannedRun;
import dev.runbook.site.SiteTemplate;
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
            "  runbook plan failover --vars litware.yaml"
        })
final class PlanCommand implements CommandTree.Command {
    private final Surroundings surroundings;

    @Parameters(paramLabel = "FILE", description = "The runbook: a path, or the name of one inside this program.")
    private String file = "";

    @Option(names = "--site-template", description = "Writes a commented site file with every variable instead.")
    private boolean siteTemplate;

    @Mixin
    private VariableOptions variables = new VariableOptions();

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
        Plan plan = PlannedRun.of(opened, variables.strongestFirst(opened.runbook(), surroundings), surroundings);
        PlanText.of(plan, surroundings.paint()).forEach(surroundings.out()::println);
        return ExitCode.DONE;
    }
}
