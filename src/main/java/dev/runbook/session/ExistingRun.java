package dev.runbook.session;

import dev.runbook.base.Checked;
import dev.runbook.engine.Engine;
import dev.runbook.event.AgreedPlan;
import dev.runbook.event.Ending;
import dev.runbook.event.RunEvent;
import dev.runbook.journal.Entry;
import dev.runbook.journal.Journal;
import dev.runbook.journal.JournalFile;
import dev.runbook.journal.JournalReader;
import dev.runbook.journal.JournalReader.Result;
import dev.runbook.journal.PrivateFiles;
import dev.runbook.library.Library;
import dev.runbook.library.RunbookFile;
import dev.runbook.lint.Linter;
import dev.runbook.plan.Plan;
import dev.runbook.report.RunStatus;
import dev.runbook.runs.RunArchive;
import dev.runbook.runs.RunFolder;
import dev.runbook.runs.RunLock;
import dev.runbook.runs.SiteCopy;
import dev.runbook.site.Site;
import dev.runbook.site.SiteBinder;
import dev.runbook.site.SuppliedValue;
import dev.runbook.state.RunFold;
import dev.runbook.state.RunState;
import dev.runbook.terminal.CliContext;
import dev.runbook.terminal.ExitCode;
import dev.runbook.terminal.Refusal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * A run that began before, perhaps elsewhere.
 *
 * @param folder its folder
 * @param read its journal
 * @param state what the journal says
 */
public record ExistingRun(RunFolder folder, JournalReader.Read read, RunState state) {
    /** The option with which somebody takes a server or a shell that is reached otherwise than before. */
    public static final String ACCEPT_TARGET = "--accept-target";

    /** Reads the folder of a run, to look at it; refuses one whose journal was changed. */
    public static ExistingRun open(RunFolder folder) {
        Result result = folder.read();
        if (result instanceof Result.Broken broken) {
            throw untrusted(broken.message());
        }
        JournalReader.Read read = ((Result.Whole) result).read();
        return RunArchive.state(read)
                .map(state -> new ExistingRun(folder, read, state))
                .orElseThrow(() -> untrusted(folder.journal() + " tells of a run that there cannot have been."));
    }

    private static Refusal untrusted(String why) {
        return new Refusal(ExitCode.FINDINGS, why + " It cannot be trusted, and nothing was begun.");
    }

    /**
     * Refuses a folder that somebody else could have put there or changed.
     *
     * @param trusted the account whose folder it may be, beside that of whoever asks
     */
    public void refuseForeign(Optional<String> trusted) {
        PrivateFiles.foreign(folder.path(), trusted).ifPresent(why -> {
            throw new Refusal(
                    ExitCode.USAGE,
                    why + " What lies in the folder of a run is as powerful as a script, so nothing of it was used.");
        });
    }

    /**
     * Refuses a journal that may have lost its end: a step whose lines are missing would be sent again.
     *
     * @param last the hash that its last line is to have, or the first digits of it, as somebody has it from elsewhere
     */
    public void refuseOpenEnd(Optional<String> last) {
        Entry end = read.end();
        last.filter(hash -> !hash.matches(JournalReader.HASH)).ifPresent(hash -> {
            throw Refusal.usage(JournalReader.noHash(hash));
        });
        if (last.filter(hash -> !end.hash().startsWith(hash.toLowerCase(Locale.ROOT)))
                .isPresent()) {
            throw untrusted("The last line of " + folder.journal() + ", " + end.number() + ", has the hash "
                    + end.hash() + ", not the one of --last: lines are missing at its end, or were added.");
        }
        if (last.isEmpty()) {
            read.openEnd().ifPresent(why -> {
                throw untrusted(why + " Put that file back as it was. Else hold line " + end.number()
                        + ", the last that is there, against what the run told: it printed the beginning of its last"
                        + " hash when it ended. If nothing is missing: --last HASH, with that hash. (verify-journal"
                        + " prints the one that the journal ends with now.)");
            });
        }
    }

    /**
     * Does something with the run: takes its lock, reads it under the lock, and gives the lock back. Whoever has read it before
     * is told what happened meanwhile.
     *
     * @param takeOver whether to take the lock from a process that is gone
     * @param last the hash that the last line of its journal is to have, as somebody has it from elsewhere
     * @param command that does this, for people
     * @param work what to do
     */
    public ExitCode locked(
            boolean takeOver,
            Optional<String> last,
            String command,
            CliContext context,
            BiFunction<ExistingRun, RunLock, ExitCode> work) {
        try (RunLock lock = RunSession.Locks.take(folder, takeOver, command, context)) {
            ExistingRun now = open(folder);
            now.folder.recover(now.state.digest(), now.read.entries().size());
            now.refuseOpenEnd(last);
            now.refuseStrangers();
            now.tellSince(read.entries().size(), context);
            return work.apply(now, lock);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What lies beside a journal is as powerful as a script: it is used only as far as the journal speaks of it. */
    private void refuseStrangers() {
        List<String> strangers = folder.strangers(read);
        if (!strangers.isEmpty()) {
            throw untrusted(folder.path() + " holds files that are not as the journal says: "
                    + String.join(", ", strangers)
                    + ". Put them back as they were. Values are changed with --var or --vars FILE, a runbook"
                    + " with --runbook FILE.");
        }
    }

    private void tellSince(long lines, CliContext context) {
        if (read.entries().size() <= lines) {
            return;
        }
        List<Entry> since = read.entries().subList((int) lines, read.entries().size());
        Entry last = since.get(since.size() - 1);
        String step = since.stream()
                .map(Entry::event)
                .filter(RunEvent.OfStep.class::isInstance)
                .map(event -> ((RunEvent.OfStep) event).step())
                .reduce((before, after) -> after)
                .map(id -> ", the last in step " + id)
                .orElse("");
        context.err()
                .println("Meanwhile " + lastActor() + " has worked on this run: " + since.size()
                        + " more lines in its journal" + step + ", until "
                        + last.time().truncatedTo(ChronoUnit.SECONDS) + ". status shows how it stands.");
    }

    private String lastActor() {
        return read.entries().stream()
                .map(Entry::event)
                .filter(RunEvent.RunResumed.class::isInstance)
                .map(event -> ((RunEvent.RunResumed) event).by())
                .reduce((before, after) -> after)
                .orElse(state.start().by())
                .name();
    }

    /**
     * The exit code of a run that ended so: for whoever asked for the run, one that is taken back did not do what it should,
     * whoever asked for that.
     */
    public ExitCode endedWith() {
        if (state.ending().filter(Ending.CLOSED::equals).isPresent() && !state.hasChanges()) {
            return ExitCode.FAILED_UNCHANGED;
        }
        return state.ending()
                .map(ending -> RunSession.exitCode(ending, false))
                .filter(code -> code != ExitCode.INTERRUPTED || !RunSession.isInDoubt(state))
                .orElse(ExitCode.RESUME_NEEDED);
    }

    /** Writes something to the journal of a run on which nobody works. To be called on what was read under the lock. */
    public void append(RunLock lock, CliContext context, RunEvent event) {
        try (JournalFile journal = JournalFile.goOn(read, context.clock(), entry -> {}, lock)) {
            noteOpenEnd(journal, context);
            journal.append(event);
        } catch (Journal.LostException e) {
            throw new Refusal(ExitCode.OUTPUT_LOST, e.getMessage() + " Nothing was written.");
        }
    }

    /** The journal keeps that somebody said where it ended; from its next line on that is known again. */
    private void noteOpenEnd(JournalFile journal, CliContext context) {
        if (read.openEnd().isPresent()) {
            journal.append(new RunEvent.NoteTaken(
                    "The second record of the end of the journal was gone. It was taken to end with line "
                            + read.end().number() + " (--last).",
                    context.actor().name()));
        }
    }

    /** Refuses to go on with a rehearsal: the estate that it played on ended with it. */
    public void refuseRehearsal() {
        state.start().scene().ifPresent(scene -> {
            throw Refusal.usage("The run " + folder.id() + " is a rehearsal in the scene " + scene
                    + ", whose simulated estate ended with it: there is nothing to go on with. Rehearse again; or, to"
                    + " practise a resume, start the scene with"
                    + " estate"
                    + " " + scene + " --site-file FILE, and run against that.");
        });
    }

    /** The copy of the runbook in the run's folder; refuses one that is gone or was changed by hand. */
    RunbookFile copy() {
        return folder.runbook(state.file(), state.digest())
                .orElseThrow(
                        () -> Refusal.usage(folder.runbook() + " is gone, or was changed since the run last stopped."
                                + " It is the record of the run: put it back (its SHA-256 is " + state.digest()
                                + "), and give a changed runbook as a file of its own with --runbook FILE."));
    }

    /**
     * The runbook with which the run goes on: the copy in its folder, or one that was edited since; shows what an edited one
     * changes.
     *
     * @param edited the file of an edited runbook
     * @param accept whether finished steps may be other ones there
     */
    public OpenedRunbook runbook(Optional<String> edited, boolean accept, CliContext context) {
        if (Files.exists(folder.site(), LinkOption.NOFOLLOW_LINKS) && !PrivateFiles.isPlain(folder.site())) {
            throw untrusted(folder.site() + " is a link or a device, and no plain file.");
        }
        OpenedRunbook before = OpenedRunbook.begun(copy(), context);
        if (edited.isEmpty()) {
            before.tellOfBuiltIn(context);
            tellOfEdits(context);
            return before;
        }
        OpenedRunbook now = OpenedRunbook.named(edited.get(), context);
        List<String> changes = ChangedSteps.between(before.runbook(), now.runbook(), state, accept);
        context.err()
                .println(changes.isEmpty() ? "No variable, fact or step was changed." : String.join("\n", changes));
        return now;
    }

    private void tellOfEdits(CliContext context) {
        String name = state.file();
        new Library(context.folder())
                .find(name)
                .filter(file -> file.path().isPresent())
                .filter(file -> !file.digest().equals(state.digest()))
                .ifPresent(file -> context.err()
                        .println("Going on with the runbook as it was when the run began. " + file.place()
                                + " differs from it by now; to use that: --runbook " + name));
    }

    /** The values that the run last worked with, as people read them. */
    public Map<String, String> lastValues() {
        Map<String, String> last = new LinkedHashMap<>(state.start().variables());
        for (Entry entry : read.entries()) {
            if (entry.event() instanceof RunEvent.RunResumed resumed) {
                last = new LinkedHashMap<>(resumed.variables());
            } else if (entry.event() instanceof RunEvent.VariableChanged changed) {
                last.put(changed.variable(), changed.value());
            }
        }
        return last;
    }

    /** The id of the question at which the run stands: nothing has happened since it was asked. */
    public Optional<String> standing() {
        return RunStatus.openQuestion(read.entries())
                .map(entry -> ((RunEvent.QuestionAsked) entry.event())
                        .asked()
                        .orElseThrow()
                        .id());
    }

    /** The plan that the run is bound to; empty where it never was, or somebody has released it. */
    public Optional<AgreedPlan> bound() {
        boolean released = read.entries().stream()
                .anyMatch(entry -> entry.event() instanceof RunEvent.RunResumed resumed
                        && resumed.released().isPresent());
        return state.start().plan().filter(unused -> !released);
    }

    /** What the run does with these values, without asking anybody for a secret: for looking at. */
    public Plan outline(OpenedRunbook opened, List<Map<String, SuppliedValue>> values, CliContext context) {
        Checked<Site> site = SiteBinder.withoutSecrets()
                .bind(
                        opened.runbook(),
                        values,
                        state.start().run(),
                        state.start().stamp());
        Findings.print(site.diagnostics(), context.err());
        return site.value()
                .map(bound -> new Plan(opened.runbook(), bound, opened.file().digest()))
                .orElseThrow(() -> Refusal.usage("The values are not complete. Nothing was touched."));
    }

    /**
     * Goes on. To be called on what was read under the lock.
     *
     * @param lock of the run
     * @param resumption with what
     * @param work what the engine is to do
     */
    public ExitCode goOn(
            CliContext context, RunLock lock, Resumption resumption, Stage stage, Function<Engine, Ending> work) {
        OpenedRunbook opened = resumption.opened();
        refuseChangedTargets(resumption);
        Site site = opened.bind(
                resumption.values(), state.start().run(), state.start().stamp(), context);
        Map<String, String> shown = site.shown();
        ChangedValues.refuse(opened.runbook(), state, lastValues(), shown);
        Plan plan = new Plan(opened.runbook(), site, opened.file().digest());
        RunSession session = new RunSession(
                context,
                folder,
                plan,
                resumption.values(),
                stage,
                bound().filter(unused -> resumption.released().isEmpty()),
                lock);
        try (JournalFile journal = JournalFile.goOn(read, context.clock(), session::heard, lock)) {
            session.recall(read.entries());
            RunEvent.RunResumed resumed = new RunEvent.RunResumed(
                    Optional.of(opened.file().name()),
                    opened.file().digest(),
                    shown,
                    context.actor(),
                    resumption.released());
            RunFold fold = RunFold.of(read.entries());
            String kept = SiteCopy.of(opened.runbook(), resumption.values());
            prepare(resumption, kept);
            journal.append(RunFolder.kept(opened.file(), kept));
            fold.take(journal.append(resumed), resumed);
            folder.settle();
            noteOpenEnd(journal, context);
            return session.work(journal, fold, resumption.answers(), work);
        } catch (Journal.LostException e) {
            if (e.isTaken()) {
                context.err().println(e.getMessage());
                context.err().println("Nothing was sent and nothing was written here.");
                tellSince(folder, read.entries().size(), context);
                return ExitCode.BUSY;
            }
            folder.dropPrepared();
            throw cannotBeWritten(e.getMessage(), resumption.command());
        }
    }

    /** Before anybody is asked for a password, which would go there. */
    private void refuseChangedTargets(Resumption resumption) {
        List<Map<String, SuppliedValue>> values = resumption.values();
        RunEvent.RunStarted start = state.start();
        SiteBinder binder = SiteBinder.withoutSecrets();
        Optional<Site> before = copy().source()
                .value()
                .flatMap(source -> new Linter().readBegun(source).value())
                .flatMap(began -> binder.bind(
                                began, values.subList(values.size() - 1, values.size()), start.run(), start.stamp())
                        .value());
        // what is missing is told by whoever binds the values for the run
        binder.bind(resumption.opened().runbook(), values, start.run(), start.stamp())
                .value()
                .ifPresent(now -> ChangedTargets.refuse(before, now, resumption.accepted()));
    }

    private void prepare(Resumption resumption, String site) {
        try {
            // one line seals them, and with the next they count
            folder.prepare(resumption.opened().file(), site, read.entries().size() + 2L);
        } catch (IOException e) {
            throw cannotBeWritten(
                    "Nothing can be written to " + folder.path() + ": " + e.getMessage(), resumption.command());
        }
    }

    private static Refusal cannotBeWritten(String why, String command) {
        return new Refusal(
                ExitCode.RESUME_NEEDED,
                why + "\nNothing was begun, and the run is as it was. Make room, then: " + command);
    }

    /** Says who has worked on a run since its journal had so many lines, and how far that came. */
    static void tellSince(RunFolder folder, long lines, CliContext context) {
        if (folder.read() instanceof Result.Whole whole) {
            RunArchive.state(whole.read())
                    .map(state -> new ExistingRun(folder, whole.read(), state))
                    .ifPresent(now -> now.tellSince(lines, context));
        }
    }

    /**
     * With what a run goes on.
     *
     * @param opened the runbook as it is now
     * @param values for its variables, the strongest first; the last are those that the run's folder keeps
     * @param answers given with the command
     * @param command that does this, for people
     * @param released why the run is released from its plan; empty where it is not
     * @param accepted the variables whose changed servers and shells are taken
     */
    public record Resumption(
            OpenedRunbook opened,
            List<Map<String, SuppliedValue>> values,
            Answers answers,
            String command,
            Optional<String> released,
            Set<String> accepted) {
        /** Copies the collections. */
        public Resumption {
            values = List.copyOf(values);
            accepted = Set.copyOf(accepted);
        }
    }
}
