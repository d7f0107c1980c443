package dev.runbook.journey;

import dev.runbook.base.Checked;
import dev.runbook.base.Row;
import dev.runbook.base.Source;
import dev.runbook.endpoint.Answer;
import dev.runbook.endpoint.Endpoints;
import dev.runbook.endpoint.Limits;
import dev.runbook.endpoint.Operator;
import dev.runbook.endpoint.Question;
import dev.runbook.endpoint.Reply;
import dev.runbook.endpoint.SqlServer;
import dev.runbook.endpoint.SqlTarget;
import dev.runbook.endpoint.powershell.StreamLink;
import dev.runbook.endpoint.sql.JdbcSqlServer;
import dev.runbook.engine.Engine;
import dev.runbook.engine.GuardedEndpoints;
import dev.runbook.engine.RunControl;
import dev.runbook.engine.World;
import dev.runbook.event.Actor;
import dev.runbook.event.Ending;
import dev.runbook.event.RunEvent;
import dev.runbook.journal.Entry;
import dev.runbook.journal.JournalFile;
import dev.runbook.journal.JournalReader;
import dev.runbook.language.Runbook;
import dev.runbook.language.RunbookReader;
import dev.runbook.plan.Plan;
import dev.runbook.rehearsal.estate.Estate;
import dev.runbook.rehearsal.estate.EstateConfig;
import dev.runbook.rehearsal.scene.SceneFiles;
import dev.runbook.runs.RunFolder;
import dev.runbook.session.LaterValues;
import dev.runbook.session.LiveEndpoints;
import dev.runbook.site.ResolvedValue;
import dev.runbook.site.Site;
import dev.runbook.site.SiteBinder;
import dev.runbook.site.SuppliedValue;
import dev.runbook.state.RunFold;
import dev.runbook.terminal.GivenAnswers;
import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** The whole journey in one process: a shipped runbook, the real engine, drivers and journal, a simulated estate, a fake clock. */
final class Rig implements AutoCloseable {
    private static final String RUN = "2026-11-21T03-12-09Z-rig";

    final FakeTime time = new FakeTime();
    final Estate estate;
    private final Path folder;
    private final Map<Source, Runbook> runbooks = new HashMap<>();
    /** Who answers. */
    Operator person = new GivenAnswers.RehearsalOperator(Operator.nobody(text -> {}), false, step -> {});
    /** What people have changed in a run so far, the strongest first; empty while no variable may be changed. */
    Optional<List<Map<String, SuppliedValue>>> values = Optional.empty();

    /** What servers say of sessions of the run that are still at work, as the engine hears it. */
    UnaryOperator<Answer> oldSessions = seen -> seen;

    /** That of the run that goes on now, or of the last one. */
    volatile RunControl control = new RunControl();

    Rig(Path folder, String scene) throws IOException {
        this.folder = folder;
        Random ids = new Random(1);
        Path ground = Files.createDirectories(ground());
        this.estate = Estate.start(
                value(SceneFiles.find(scene)),
                new EstateConfig(ground, time, time::move, () -> new UUID(ids.nextLong(), ids.nextLong()), List.of()));
        time.listen(estate::tick);
    }

    /** Runs a runbook from its start to its end, or goes on with it where the journal stands. */
    Ending run(Path runbook, Path journal) throws IOException {
        return run(runbook, journal, Engine.OnFailure.STOP, Map.of(), entry -> {});
    }

    Ending run(
            Path runbook,
            Path journal,
            Engine.OnFailure onFailure,
            Map<String, Engine.PriorDecision> decisions,
            Consumer<Entry> listener)
            throws IOException {
        return work(runbook, journal, onFailure, decisions, listener, Engine::run);
    }

    /** Goes on with a run, finished steps once more first. */
    Ending again(Path runbook, Path journal, String... steps) throws IOException {
        return work(runbook, journal, Engine.OnFailure.STOP, Map.of(), entry -> {}, engine -> {
            engine.again(List.of(steps), "jdoe@dr-jump1");
            return engine.run();
        });
    }

    /** Takes back what a run started. */
    Ending back(Path runbook, Path journal) throws IOException {
        return back(runbook, journal, entry -> {});
    }

    Ending back(Path runbook, Path journal, Consumer<Entry> listener) throws IOException {
        return work(
                runbook,
                journal,
                Engine.OnFailure.STOP,
                Map.of(),
                listener,
                engine -> engine.rollBack("jdoe@dr-jump1"));
    }

    private Ending work(
            Path runbook,
            Path journal,
            Engine.OnFailure onFailure,
            Map<String, Engine.PriorDecision> decisions,
            Consumer<Entry> listener,
            Function<Engine, Ending> work)
            throws IOException {
        control = new RunControl();
        Plan plan = plan(runbook);
        RunFold fold;
        JournalFile file;
        if (Files.exists(journal)) {
            JournalReader.Read read = ((JournalReader.Result.Whole) new JournalReader().read(journal)).read();
            fold = RunFold.of(read.entries());
            file = JournalFile.goOn(read, time, listener);
        } else {
            RunEvent.RunStarted start = new RunEvent.RunStarted(
                    1,
                    RUN,
                    "20261121031209",
                    plan.runbook().id().text(),
                    runbook.toString(),
                    plan.digest(),
                    Map.of(),
                    new Actor("jdoe", "dr-jump1", 1, "test"));
            fold = new RunFold(time.instant(), start);
            file = JournalFile.create(journal, time, listener);
            file.append(start);
        }
        try (file;
                LiveEndpoints live = new LiveEndpoints("runbook " + RUN, () -> this::shell)) {
            World world = new World(
                    new GuardedEndpoints(
                            watched(live),
                            "runbook " + RUN,
                            (pause, unused) -> time.pass(pause),
                            control,
                            line -> {},
                            file::requireClaim),
                    operator(),
                    time,
                    time::nanos,
                    (pause, unused) -> time.pass(pause),
                    new Random(1),
                    World.Watcher.NONE,
                    control);
            Optional<LaterValues> later = values.map(given ->
                    new LaterValues(new RunFolder(folder), site -> {}, given, new NoSecrets(), Optional.empty()));
            Engine.SiteChange changes =
                    later.<Engine.SiteChange>map(each -> each).orElse(Engine.SiteChange.NEVER);
            Ending ending =
                    work.apply(new Engine(plan, world, file, fold, new Engine.Settings(onFailure, decisions, changes)));
            values = later.map(LaterValues::values);
            return ending;
        }
    }

    /** What the estate gives to the variables, which people may change from here on. */
    void allowChanges() {
        values = Optional.of(List.of(ofTheEstate()));
    }

    private Map<String, SuppliedValue> ofTheEstate() {
        Map<String, SuppliedValue> givens = new LinkedHashMap<>();
        estate.site().forEach((name, value) -> givens.put(name, SuppliedValue.of("the estate", value)));
        return givens;
    }

    /** The endpoints, of which one answer can be another: which sessions of the run are still at work. */
    private Endpoints watched(Endpoints live) {
        InvocationHandler handler = (proxy, method, arguments) -> {
            Object answer = method.invoke(live, arguments);
            return answer instanceof SqlServer server ? watched(server) : answer;
        };
        return (Endpoints)
                Proxy.newProxyInstance(Rig.class.getClassLoader(), new Class<?>[] {Endpoints.class}, handler);
    }

    private SqlServer watched(SqlServer server) {
        InvocationHandler handler = (proxy, method, arguments) -> {
            Object answer = method.invoke(server, arguments);
            return method.getName().equals("oldSessions") ? oldSessions.apply((Answer) answer) : answer;
        };
        return (SqlServer)
                Proxy.newProxyInstance(Rig.class.getClassLoader(), new Class<?>[] {SqlServer.class}, handler);
    }

    private Operator operator() {
        return question -> {
            Reply reply = person.ask(question);
            boolean agreed = question.kind() == Question.Kind.CONFIRM
                    && reply instanceof Reply.Answered answer
                    && question.isYes(answer.text());
            if (agreed) {
                estate.confirmed(question.subject());
            }
            return reply;
        };
    }

    private StreamLink shell(String program, List<String> arguments) {
        var ends = estate.shell(arguments);
        return new StreamLink(ends.answers(), ends.requests());
    }

    /** What somebody finds in a query window of a server. */
    List<Row> ask(Path runbook, String server, String sql) throws IOException {
        SqlTarget target =
                ((ResolvedValue.Server) plan(runbook).site().find(server).orElseThrow()).target();
        try (SqlServer window = JdbcSqlServer.of(target, "query window")) {
            return ((Answer.Rows) window.query(sql, Limits.none())).rows();
        }
    }

    /** Somebody types a statement into a query window of a server. */
    void type(Path runbook, String server, String sql) throws IOException {
        SqlTarget target =
                ((ResolvedValue.Server) plan(runbook).site().find(server).orElseThrow()).target();
        try (SqlServer window = JdbcSqlServer.of(target, "query window")) {
            if (window.execute(sql, Limits.none()) instanceof Answer.Failed failed) {
                throw new AssertionError(failed);
            }
        }
    }

    Plan plan(Path file) throws IOException {
        Runbook runbook = loaded(file);
        Map<String, SuppliedValue> givens = ofTheEstate();
        runbook.variables().forEach((name, variable) -> {
            if (!givens.containsKey(name) && variable.defaultValue().isEmpty() && !variable.optional()) {
                throw new AssertionError("the scene gives no value to " + name);
            }
        });
        Site site = value(
                new SiteBinder(new NoSecrets()).bind(runbook, values.orElse(List.of(givens)), RUN, "20261121031209"));
        return new Plan(runbook, site, "digest");
    }

    private Runbook loaded(Path file) throws IOException {
        Source source = Source.of(file.toString(), Files.readString(file));
        Runbook known = runbooks.get(source);
        if (known == null) {
            known = value(new RunbookReader().read(source));
            runbooks.put(source, known);
        }
        return known;
    }

    /** What a journal holds. */
    List<Entry> entries(String journal) {
        return read(journal).entries();
    }

    /** A journal as it lies there. */
    JournalReader.Read read(String journal) {
        return ((JournalReader.Result.Whole) new JournalReader().read(file(journal))).read();
    }

    static <T> T value(Checked<T> checked) {
        return checked.value().orElseThrow(() -> new AssertionError(checked.diagnostics()));
    }

    @Override
    public void close() {
        estate.close();
    }

    /** Where everything lies that the estate writes. */
    Path ground() {
        return folder.resolve("estate");
    }

    /** Where the beginning of a journal is put; what tells where an earlier one ended is gone. */
    Path cutJournal() throws IOException {
        Files.deleteIfExists(file("cut.jsonl.last"));
        return file("cut.jsonl");
    }

    Path file(String name) {
        return folder.resolve(name);
    }

    private static final class NoSecrets implements SiteBinder.SecretReader {
        @Override
        public Optional<String> prompt(String question) {
            return Optional.empty();
        }

        @Override
        public Optional<String> file(String path) {
            return Optional.empty();
        }

        @Override
        public Optional<String> environment(String name) {
            return Optional.empty();
        }
    }
}
