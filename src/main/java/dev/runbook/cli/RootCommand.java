package dev.runbook.cli;

import dev.runbook.base.ProgramVersion;
import dev.runbook.terminal.Language;
import dev.runbook.terminal.Refusal;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The program without a word behind it: shows what it can do. */
@CommandLine.Command(
        name = "runbook",
        mixinStandardHelpOptions = true,
        versionProvider = RootCommand.Version.class,
        description = {
            "Carries out a runbook: a YAML file of steps, each of which says what is done and how to see that it is"
                    + " done.",
            "It shows what it will do before it does it, asks before what cannot be undone, never does a thing twice,"
                    + " and goes on where it stopped."
        },
        footerHeading = "%nIn this order:%n",
        footer = {
            "  runbook rehearse failover                       the drill: any day, anywhere, touching nothing",
            "  runbook plan failover --site-template           a site file to fill in",
            "  runbook check failover --vars litware.yaml      where do we stand? asks every fact, changes nothing",
            "  runbook run failover --vars litware.yaml        the real thing",
            "  runbook resume runs/2026-11-21T03-12-09Z-failover-k7q2   goes on after a stop or a crash, also"
                    + " elsewhere",
            "",
            "\"runbook\" stands for: java -jar runbook.jar"
        })
final class RootCommand {
    @Option(
            names = "--language",
            paramLabel = "TAG",
            scope = ScopeType.INHERIT,
            description =
                    "The language in which a runbook speaks, where such texts lie beside it, such as zh-TW. Default:"
                            + " that of this computer.")
    private Optional<String> language = Optional.empty();

    /** The language that was asked for. */
    Optional<Language> language() {
        return language.map(tag -> Language.of(tag)
                .orElseThrow(() -> Refusal.usage("--language " + tag + " is no language tag, such as zh-TW or de.")));
    }

    /** Tells which program this is. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"runbook " + ProgramVersion.TEXT};
        }
    }
}
