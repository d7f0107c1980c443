package dev.runbook.event;

import dev.runbook.base.Row;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Something that happened in a run. The names and components are the format of the journal: they may gain, never change.
 *
 * <p>Texts never hold a secret. {@code step} is the id of a step.
 */
public sealed interface RunEvent {

    /** The event speaks of one step. */
    sealed interface OfStep extends RunEvent {
        /** The id of the step. */
        String step();
    }

    // ---- the run

    /**
     * A run began. Always the first event.
     *
     * @param format of the journal; 1
     * @param run id of the run
     * @param stamp UTC start, {@code yyyymmddhhmmss}
     * @param runbook id of the runbook
     * @param file name of its file
     * @param digest SHA-256 of the file's bytes
     * @param variables values by name as people read them, secrets as dots, absent ones left out
     * @param by who started it, on which host, in which process
     * @param plan what people had agreed on and the run was bound to; empty where it was bound to nothing
     * @param scene in which a rehearsal began; empty for a run
     */
    record RunStarted(
            int format,
            String run,
            String stamp,
            String runbook,
            String file,
            String digest,
            Map<String, String> variables,
            Actor by,
            Optional<AgreedPlan> plan,
            Optional<String> scene)
            implements RunEvent {
        /** Journals of earlier versions say nothing of a plan or a scene. */
        public RunStarted {
            plan = plan == null ? Optional.empty() : plan;
            scene = scene == null ? Optional.empty() : scene;
        }

        /** A run that is bound to no plan. */
        public RunStarted(
                int format,
                String run,
                String stamp,
                String runbook,
                String file,
                String digest,
                Map<String, String> variables,
                Actor by) {
            this(format, run, stamp, runbook, file, digest, variables, by, Optional.empty(), Optional.empty());
        }
    }

    /**
     * The run goes on in another process.
     *
     * @param file name of the runbook's file; empty where it is that of before
     * @param digest SHA-256 of the file's bytes
     * @param variables values by name as people read them, as at the start
     * @param by who goes on, on which host, in which process
     * @param released why that person released the run from the plan that it was bound to; empty where nobody did
     */
    record RunResumed(
            Optional<String> file, String digest, Map<String, String> variables, Actor by, Optional<String> released)
            implements RunEvent {
        /** Journals of earlier versions say nothing of a release. */
        public RunResumed {
            released = released == null ? Optional.empty() : released;
        }

        /** A run that stays bound to its plan, or was never bound to one. */
        public RunResumed(Optional<String> file, String digest, Map<String, String> variables, Actor by) {
            this(file, digest, variables, by, Optional.empty());
        }
    }

    /**
     * The process stops working on the run, which may go on later.
     *
     * @param ending how
     * @param message one sentence for people
     */
    record RunStopped(Ending ending, String message) implements RunEvent {}

    /**
     * The files beside the journal are these from here on, or will be in a moment: the runbook's texts and the values, by which a
     * resume acts, are sealed by it.
     *
     * @param kept SHA-256 of each, by its name
     */
    record FilesKept(Map<String, String> kept) implements RunEvent {}

    /** Somebody typed a note. */
    record NoteTaken(String text, String by) implements RunEvent {}

    /**
     * A variable has another value from here on.
     *
     * @param value as people read it, a secret as dots
     */
    record VariableChanged(String variable, String value, String by) implements RunEvent {}

    // ---- a step, in the order of its life

    /** The step's turn has come. */
    record StepBegun(String step) implements OfStep {}

    /**
     * A fact was asked, and either for the first time in this phase or with another finding than before.
     *
     * @param phase what the finding decides
     * @param wanted false where {@code no} stands before the fact
     */
    record FactAsked(String step, Phase phase, String fact, boolean wanted, Finding finding) implements OfStep {}

    /** Rows were kept under a name, for this and all later steps. Until the step has started, a later event replaces it. */
    record Remembered(String step, String name, List<Row> rows) implements OfStep {}

    /**
     * A question stands before a person, or before whatever answers in a person's place; from here on nothing is done.
     *
     * @param asked what it says
     */
    record QuestionAsked(String step, Optional<OpenQuestion> asked) implements OfStep {
        /** Journals of earlier versions do not say what is asked. */
        public QuestionAsked {
            asked = asked == null ? Optional.empty() : asked;
        }

        /** A question of which nothing is known. */
        public QuestionAsked(String step) {
            this(step, Optional.empty());
        }
    }

    /**
     * A person answered, or something did in a person's place.
     *
     * @param question the text that was on the screen
     * @param answer as typed
     * @param accepted whether it meant yes
     * @param by who, and by what way
     * @param gate which question of the step it was, where it was not the step's own
     */
    record Answered(String step, String question, String answer, boolean accepted, String by, Optional<String> gate)
            implements OfStep {
        /** Journals of earlier versions know of the step's own question alone. */
        public Answered {
            gate = gate == null ? Optional.empty() : gate;
        }

        /** The answer to the step's own question. */
        public Answered(String step, String question, String answer, boolean accepted, String by) {
            this(step, question, answer, accepted, by, Optional.empty());
        }
    }

    /**
     * An attempt begins. On disk before the first effect: from here to its end the step is in doubt.
     *
     * @param attempt counted from 1 over the whole run, resumed parts included
     * @param items how often the action runs; 1 without {@code for-each}
     */
    record AttemptStarted(Work work, int attempt, int items) implements RunEvent {}

    /**
     * The action goes out to the world.
     *
     * @param item counted from 1
     * @param target the server, shell or folder, as people name it
     * @param text what is sent, ready for pasting into a query window or a shell
     */
    record Sent(Work work, int attempt, int item, String target, String text) implements RunEvent {}

    /**
     * What copying is about to add, so that it can be taken back.
     *
     * @param files rows with {@code target}, and {@code replaced} where something else stands there already
     * @param leftOut links and folders that are not copied, each with what it is
     */
    record FilesChosen(Work work, List<Row> files, List<String> leftOut) implements RunEvent {
        /** Journals of earlier versions do not say what is left out. */
        public FilesChosen {
            leftOut = leftOut == null ? List.of() : List.copyOf(leftOut);
        }

        /** Nothing is left out. */
        public FilesChosen(Work work, List<Row> files) {
            this(work, files, List.of());
        }
    }

    /**
     * Files are copied whole, and get their names once this is on disk.
     *
     * @param files rows with {@code target}, {@code size}, {@code sha256}, and {@code replaced} where something else stood there
     */
    record FilesCopied(Work work, List<Row> files) implements RunEvent {
        /** Copies the list. */
        public FilesCopied {
            files = List.copyOf(files);
        }
    }

    /**
     * The action came back.
     *
     * @param trouble empty when it went well
     * @param harmless why the trouble means that it was already so; empty when it does not
     * @param said what the other side said while it went well: PRINT, warnings, the last of them at most. What it said before a
     *     trouble is among the details of that
     */
    record CameBack(
            Work work, int attempt, int item, Optional<Trouble> trouble, Optional<String> harmless, List<String> said)
            implements RunEvent {
        /** Journals of earlier versions do not say what was said. */
        public CameBack {
            said = said == null ? List.of() : List.copyOf(said);
        }

        /** Nothing was said. */
        public CameBack(Work work, int attempt, int item, Optional<Trouble> trouble, Optional<String> harmless) {
            this(work, attempt, item, trouble, harmless, List.of());
        }
    }

    /**
     * An attempt is over and the step is not done.
     *
     * @param trouble what stood in the way; of a success that was not seen to be done, which fact
     */
    record AttemptFailed(Work work, int attempt, Trouble trouble) implements RunEvent {}

    /** The next attempt comes after a pause. */
    record RetryScheduled(Work work, int attempt, long delayMillis) implements RunEvent {}

    /**
     * The step was not needed, or a person left it out.
     *
     * @param reason which condition does not hold; what a person said
     * @param by the person; empty where a condition decided
     */
    record StepSkipped(String step, String reason, Optional<String> by) implements OfStep {
        private static final String BY_OPERATOR = "left out by the operator";

        /** Journals of earlier versions know a person by the reason alone. */
        public StepSkipped {
            by = by != null ? by : BY_OPERATOR.equals(reason) ? Optional.of("the operator") : Optional.empty();
        }

        /** A step that a condition skips. */
        public StepSkipped(String step, String reason) {
            this(step, reason, Optional.empty());
        }
    }

    /** The step had been done before the run came to it. It is never rolled back by this run. */
    record StepAlreadyDone(String step) implements OfStep {}

    /**
     * The step is done.
     *
     * @param byHand why, where a person says that it was done by hand; empty where the run did it
     * @param by the person who says so
     */
    record StepDone(String step, Optional<String> byHand, Optional<String> by) implements OfStep {
        /** Journals of earlier versions do not tell the two apart. */
        public StepDone {
            byHand = byHand == null ? Optional.empty() : byHand;
            by = by == null ? Optional.empty() : by;
        }

        /** A step that the run itself did. */
        public StepDone(String step) {
            this(step, Optional.empty(), Optional.empty());
        }
    }

    /** The step did not get done; the world is as {@code started} says. */
    record StepFailed(String step, Trouble trouble, boolean started) implements OfStep {}

    /** Nobody knows whether the step happened. */
    record StepInDoubt(String step, Trouble trouble) implements OfStep {}

    /**
     * A person decided how to go on with a step that failed or is in doubt.
     *
     * @param reason empty where the decision needs none
     */
    record Decided(String step, Decision decision, String reason, String by) implements OfStep {}

    // ---- the way back

    /** The run goes back over these steps, last first. */
    record RollbackStarted(List<String> steps, String by) implements RunEvent {}

    /**
     * A step is taken back.
     *
     * @param how by what
     * @param reopened finished steps after it that have to be looked at again
     */
    record StepUndone(String step, String how, List<String> reopened) implements OfStep {
        /** Journals of earlier versions reopen nothing. */
        public StepUndone {
            reopened = reopened == null ? List.of() : List.copyOf(reopened);
        }

        /** A step that nothing after it stands on. */
        public StepUndone(String step, String how) {
            this(step, how, List.of());
        }
    }

    /**
     * A step is left as it is by a rollback: nothing has to be taken back.
     *
     * @param reason why, as the runbook says
     * @param reopened finished steps after it that have to be looked at again
     */
    record StepLeft(String step, String reason, List<String> reopened) implements OfStep {
        /** Copies the list. */
        public StepLeft {
            reopened = reopened == null ? List.of() : List.copyOf(reopened);
        }
    }

    /**
     * A step could not be taken back.
     *
     * @param left what a person has to do
     */
    record UndoFailed(String step, Trouble trouble, String left) implements OfStep {}
}
