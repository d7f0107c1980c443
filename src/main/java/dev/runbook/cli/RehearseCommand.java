package dev.runbook.cli;

import dev.runbook.base.Checked;
import dev.runbook.endpoint.Cancellation;
import dev.runbook.endpoint.Operator;
import dev.runbook.endpoint.powershell.StreamLink;
import dev.runbook.language.Name;
import dev.runbook.library.Library;
import dev.runbook.rehearsal.estate.Estate;
import dev.runbook.rehearsal.estate.EstateConfig;
import dev.runbook.rehearsal.estate.FencedEndpoints;
import dev.runbook.rehearsal.estate.Ticker;
import dev.runbook.rehearsal.scene.Scene;
import dev.runbook.rehearsal.scene.SceneFiles;
import dev.runbook.rehearsal.server.Pace;
import dev.runbook.rehearsal.shell.SimulatedShell;
import dev.runbook.runs.RunArchive;
import dev.runbook.session.Findings;
import dev.runbook.session.NewRun;
import dev.runbook.session.OpenedRunbook;
import dev.runbook.session.RunSession;
import dev.runbook.session.Stage;
import dev.runbook.session.TemporaryFolder;
import dev.runbook.site.SuppliedValue;
import dev.runbook.terminal.CliContext;
import dev.runbook.terminal.ExitCode;
import dev.runbook.terminal.GivenAnswers;
import dev.runbook.terminal.Refusal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code rehearse}: a run against a simulated estate. */
@CommandLine.Command(
        name = "rehearse",
        mixinStandardHelpOptions = true,
        description = {
            "Carries runbooks out against a simulated estate on this computer, and dials nothing else: the same"
                    + " engine, the same actions and the same driver, other servers.",
            "Confirms answer themselves unless --ask is given. Several runbooks are carried out one behind the other,"
                    + " each on what the one before has left."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  runbook rehearse failover",
            "  runbook rehearse failover failback       with \"DC1 rebuilt\" between them",
            "  runbook rehearse failover --ask          answer the questions yourself",
            "  runbook rehearse failover --scene my.yaml"
        })
final class RehearseCommand implements CommandTree.Command {
    /** Pauses of the estate itself. */
    static final Pace.Pause PAUSE = time -> new RunSession.RealPause().pause(time, new Cancellation());

    private final CliContext context;

    @Parameters(
            paramLabel = "FILE",
            arity = "1..*",
            description = "Runbooks: paths, or names of those inside this program.")
    private List<String> files = List.of();

    @Option(
            names = "--scene",
            paramLabel = "SCENE",
            description =
                    "The scene to begin in: a file, or one inside this program. Default: what the first runbook names.")
    private Optional<String> scene = Optional.empty();

    @Option(names = "--ask", description = "A person answers the questions, as in a real run.")
    private boolean ask;

    @Mixin
    private RehearsalValues values = new RehearsalValues();

    @Mixin
    private AnswerOptions answers = new AnswerOptions();

    @Option(
            names = "--runs",
            paramLabel = "DIR",
            description =
                    "Folder for the journals of the rehearsal. Default: a temporary folder, which is kept only if the"
                            + " rehearsal does not come to its end.")
    private Optional<String> runs = Optional.empty();

    RehearseCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public boolean worksOnServers() {
        return true;
    }

    @Override
    @SuppressWarnings("try") // the estate's time passes by itself
    public ExitCode execute() {
        List<OpenedRunbook> opened =
                files.stream().map(file -> OpenedRunbook.named(file, context)).toList();
        Scene start = scene(opened.get(0));
        opened.stream().skip(1).forEach(next -> refuseWithoutWay(start, next));
        opened.forEach(next -> values.refuseGaps(next, start, context));
        try (TemporaryFolder folder = TemporaryFolder.make("runbook-estate-");
                Estate estate = Estate.start(start, around(folder.path()));
                Ticker ticker = Ticker.start(estate::tick, PAUSE, context.err()::println)) {
            context.err().println("Rehearsing in the scene " + start.name() + ": " + start.title());
            return play(opened, estate);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ExitCode play(List<OpenedRunbook> opened, Estate estate) {
        RunArchive archive = new RunArchive(runs.map(context::path).orElseGet(RehearseCommand::temporaryRuns));
        ExitCode code = ExitCode.DONE;
        for (int i = 0; i < opened.size() && code == ExitCode.DONE; i++) {
            if (i > 0) {
                transition(estate, opened.get(i));
            }
            code = play(opened.get(i), estate, archive);
        }
        leave(archive, code);
        return code;
    }

    private ExitCode play(OpenedRunbook opened, Estate estate, RunArchive archive) {
        Stage stage = new Stage(
                unused -> (program, arguments) -> {
                    SimulatedShell.Ends ends = estate.shell(arguments);
                    return new StreamLink(ends.answers(), ends.requests());
                },
                person -> cast(person, estate),
                endpoints -> new FencedEndpoints(endpoints, estate.fence()),
                Optional.of(estate.scene().name()));
        List<Map<String, SuppliedValue>> given = values.strongestFirst(opened.runbook(), estate.site());
        return new NewRun(
                        opened,
                        given,
                        new NewRun.Where(archive, false, Optional.empty()),
                        Optional.empty(),
                        Optional.empty())
                .begin(context, answers.of(opened, given, Optional.empty(), context), stage);
    }

    private Operator cast(Operator person, Estate estate) {
        return new GivenAnswers.RehearsalOperator(
                person,
                ask,
                step -> estate.confirmed(step).forEach(done -> context.out().println("       by hand: " + done)));
    }

    private static String sceneOf(OpenedRunbook next) {
        return next.runbook()
                .rehearsal()
                .map(Name::text)
                .orElseThrow(
                        () -> Refusal.usage(next.file().name() + " does not name the scene in which it is rehearsed."));
    }

    /** Before anything begins: a rehearsal of several runbooks needs a way from the first one's scene to each of the others'. */
    private static void refuseWithoutWay(Scene start, OpenedRunbook next) {
        String leadsTo = sceneOf(next);
        if (start.transition(leadsTo).isEmpty()) {
            throw Refusal.usage("Nothing leads from the scene " + start.name() + " to " + leadsTo + ", in which "
                    + next.file().name() + " is rehearsed. Rehearse it by itself, or in the other order.");
        }
    }

    private void transition(Estate estate, OpenedRunbook next) {
        String name = estate.transition(sceneOf(next)).orElseThrow();
        context.out().println();
        context.out().println("---- " + name + " ----");
        context.out().println();
    }

    private Scene scene(OpenedRunbook first) {
        String name = scene.or(() -> first.runbook().rehearsal().map(Name::text))
                .orElseThrow(() -> Refusal.usage(first.file().name()
                        + " does not name the scene in which it is rehearsed. Give one with --scene."));
        return scene(name, context);
    }

    /** The scene of that name; prints what is wrong with it, and refuses it. */
    static Scene scene(String name, CliContext context) {
        Library.plain(context.folder(), context.path(name));
        Checked<Scene> found = SceneFiles.find(name);
        Findings.print(found.diagnostics(), context.err());
        return found.value().orElseThrow(() -> Refusal.usage("The scene " + name + " cannot be used."));
    }

    private EstateConfig around(Path folder) {
        return new EstateConfig(folder, context.clock(), PAUSE, UUID::randomUUID, List.of());
    }

    /** Of a rehearsal that came to its end nobody wants to look anything up. */
    private void leave(RunArchive archive, ExitCode code) {
        if (runs.isEmpty() && code == ExitCode.DONE) {
            new TemporaryFolder(archive.path()).close();
            context.err().println("Its journal is not kept. With --runs DIR it is.");
        } else {
            context.err().println("The journal lies in " + archive.path() + ".");
        }
    }

    private static Path temporaryRuns() {
        try {
            return Files.createTempDirectory("runbook-rehearsal-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
