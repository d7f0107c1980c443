package dev.runbook.session;

import dev.runbook.change.LaterValues;
import dev.runbook.console.ConsoleSecrets;
import dev.runbook.console.ExitCode;
import dev.runbook.console.RunPace;
import dev.runbook.console.RunScreen;
import dev.runbook.console.Surroundings;
import dev.runbook.endpoint.Endpoints;
import dev.runbook.endpoint.Operator;
import dev.runbook.endpoint.Pause;
import dev.runbook.endpoint.operator.PreparedOperator;
import dev.runbook.engine.Engine;
import dev.runbook.engine.GuardedEndpoints;
import dev.runbook.engine.RunControl;
import dev.runbook.engine.SiteChange;
import dev.runbook.engine.World;
import dev.runbook.event.Ending;
import dev.runbook.journal.JournalFile;
import dev.runbook.journal.JournalLostException;
import dev.runbook.person.KnownSecrets;
import dev.runbook.person.Person;
import dev.runbook.plan.Plan;
import dev.runbook.report.Outline;
import dev.runbook.report.RunText;
import dev.runbook.runs.ResumeArguments;
import dev.runbook.runs.RunFolder;
import dev.runbook.site.Given;
import dev.runbook.site.SiteScope;
import dev.runbook.state.RunFold;
import dev.runbook.template.Fill;
import dev.runbook.template.Scope;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Lets an engine work on a run, with a screen, an operator, and Ctrl-C. */
public final class RunSession {
    private final Surroundings surroundings;
    private final RunFolder folder;
    private final Plan plan;
    private final Stage stage;
    private final RunScreen screen;
    private final KnownSecrets secrets = new KnownSecrets();
    private final Person person;
    private final LaterValues values;
    private final RunControl control = new RunControl();
    private volatile Scope words;

    /**
     * A session of one process.
     *
     * @param folder the run's own
     * @param plan what is carried out
     * @param values from which its variables were made, the strongest first
     * @param stage where it plays
     */
    public RunSession(
            Surroundings surroundings, RunFolder folder, Plan plan, List<Map<String, Given>> values, Stage stage) {
        this.surroundings = surroundings;
        this.folder = folder;
        this.plan = plan;
        this.stage = stage;
        this.words = SiteScope.of(plan.site());
        RunText text = new RunText(
                Outline.of(plan.runbook(), title -> Fill.forPeople(title, words)),
                new RunText.Layout(surroundings.paint(), !surroundings.terminal()),
                () -> stage.scene().isEmpty() ? resumeCommand() : "");
        List<String> steps =
                plan.runbook().steps().stream().map(step -> step.id().text()).toList();
        RunPace pace = new RunPace(
                steps,
                Standing.earlier(folder, plan.runbook().id().text()),
                plan.runbook().rto());
        this.screen = new RunScreen(text, surroundings, pace);
        this.person = new Person(surroundings, screen, secrets::mask);
        this.values = new LaterValues(folder, values, new ConsoleSecrets(surroundings, person::secret));
        secrets.learn(plan.site());
    }

    /** What to type to go on with a run, if all that it needs lies in its folder. */
    public static String resumeCommand(RunFolder folder, Surroundings surroundings) {
        return surroundings.command(List.of("resume", folder.path().toString()));
    }

    /** What to type to go on with this run, with what its folder does not keep. */
    private String resumeCommand() {
        List<String> words = new ArrayList<>(List.of("resume", folder.path().toString()));
        words.addAll(ResumeArguments.of(
                plan.runbook(), values.values(), name -> Files.isRegularFile(surroundings.path(name))));
        return surroundings.command(words);
    }

    /** What to type to take back what a run started. */
    public static String rollbackCommand(RunFolder folder, Surroundings surroundings) {
        return surroundings.command(List.of("rollback", folder.path().toString(), "--go"));
    }

    /** What the operator sees; hears every entry of the journal. */
    public RunScreen screen() {
        return screen;
    }

    /**
     * Works on the run.
     *
     * @param journal behind the events of {@code fold}
     * @param work what the engine is to do, such as {@link Engine#run}
     * @return what the program ends with
     */
    @SuppressWarnings("try") // it ticks by itself
    public ExitCode work(JournalFile journal, RunFold fold, Answers answers, Function<Engine, Ending> work) {
        StopRequests.hear(control, screen, person::stopAsking, person::drawAgain);
        person.makesNotes(journal);
        Pause pause = new RealPause();
        try (Ticking ticking = Ticking.each(Duration.ofSeconds(1), screen::tick);
                Endpoints live = stage.reach().apply(new LiveEndpoints(session(), stage.launcher()))) {
            Endpoints endpoints = new GuardedEndpoints(live, session(), pause, control);
            Operator operator = stage.cast().apply(new PreparedOperator(answers.approvals(), person));
            World world =
                    new World(endpoints, operator, surroundings.clock(), pause, new SecureRandom(), screen, control);
            Engine engine = new Engine(
                    plan,
                    world,
                    journal,
                    fold,
                    new Engine.Settings(answers.onFailure(), answers.decisions(), telling(secrets.learning(values))));
            return Endings.exitCode(work.apply(engine), control.isStopRequested());
        } catch (JournalLostException e) {
            surroundings.err().println(e.getMessage());
            surroundings
                    .err()
                    .println("Nothing more was touched. Make room or bring the folder back, then: " + resumeCommand());
            return ExitCode.RESUME_NEEDED;
        } finally {
            person.close();
            screen.rest();
        }
    }

    /** A changed variable changes what stands on the screen from then on. */
    private SiteChange telling(SiteChange changes) {
        return (planned, state, assignment) -> {
            SiteChange.Outcome outcome = changes.change(planned, state, assignment);
            if (outcome instanceof SiteChange.Outcome.Changed changed) {
                words = SiteScope.of(changed.plan().site());
            }
            return outcome;
        };
    }

    /** The name by which the run's sessions are known on the servers. */
    private String session() {
        return "runbook " + folder.id();
    }
}
