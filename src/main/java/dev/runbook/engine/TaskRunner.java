package dev.runbook.engine;

import dev.runbook.endpoint.Answer;
import dev.runbook.endpoint.Limits;
import dev.runbook.endpoint.SqlTarget;
import dev.runbook.event.RunEvent;
import dev.runbook.event.Trouble;
import dev.runbook.event.Work;
import dev.runbook.model.Task;
import dev.runbook.plan.Binder;
import dev.runbook.template.Scope;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Runs an action until it is seen to be done, or no attempt is left: the turns 6 and 7 of a step, and each action of a rollback. */
public final class TaskRunner {
    /** After an outcome that nobody knows, the world gets so long to settle before the last look. */
    private static final Duration GRACE = Duration.ofSeconds(3);

    private static final String OLD_GONE = "the old session is gone";

    private final Attempt attempts;
    private final Proof proof;
    private final Binder binder;
    private final Recorder recorder;
    private final World world;

    public TaskRunner(Attempt attempts, Proof proof, Binder binder, Recorder recorder, World world) {
        this.attempts = attempts;
        this.proof = proof;
        this.binder = binder;
        this.recorder = recorder;
        this.world = world;
    }

    /**
     * Makes attempts.
     *
     * @param before attempts made before this run of them, for numbering
     * @param spent how many of them count against the author's number
     */
    public TaskOutcome run(Work work, Task task, Scope scope, int before, int spent) {
        int number = before;
        int made = spent;
        while (true) {
            number++;
            made++;
            AttemptResult result = attempts.make(work, task, scope, number);
            Verdict done = look(work, task, scope, result);
            AfterAttempt next = AfterAttempt.decide(result, done, task.retry(), made);
            if (next instanceof AfterAttempt.Finish) {
                return new TaskOutcome.Done();
            }
            if (next instanceof AfterAttempt.Doubt doubt) {
                return new TaskOutcome.Doubt(doubt.trouble());
            }
            if (next instanceof AfterAttempt.GiveUp giveUp) {
                recorder.append(new RunEvent.AttemptFailed(work, number, giveUp.trouble()));
                return new TaskOutcome.Failed(giveUp.trouble());
            }
            Trouble trouble = ((AfterAttempt.TryAgain) next).trouble();
            recorder.append(new RunEvent.AttemptFailed(work, number, trouble));
            Duration pause =
                    RetryPolicy.pause(task.retry(), made, world.random().nextDouble());
            recorder.append(new RunEvent.RetryScheduled(work, number + 1, pause.toMillis()));
            world.watcher().pausing(work.step(), number + 1, pause);
            world.pause().pause(pause, world.control().cancellation());
            if (world.control().isCancelled()) {
                return trouble.unknown() ? new TaskOutcome.Doubt(trouble) : new TaskOutcome.Failed(trouble);
            }
        }
    }

    /** Waits until the proof holds or the time of the task is over. What was sent is waited for, whoever asks to stop. */
    public Verdict waitFor(String step, Task task, Scope scope) {
        return poll(step, task, () -> proof.askOnce(step, task, scope), world.control()::isCancelled);
    }

    /** Waits where nothing is under way: the first request to stop ends it. */
    public Verdict waitIdly(String step, Task task, Scope scope) {
        return poll(step, task, () -> proof.askOnce(step, task, scope), world.control()::isStopRequested);
    }

    /**
     * Looks whether something that was started, and of which nobody knows whether it happened, is done: an old session that is
     * still at work is waited for; then it is looked at once, and after a short grace once more. What is not done while the old
     * session goes on with it is unknown.
     */
    public Verdict lookInDoubt(String step, Task task, Scope scope) {
        Verdict gone = task.action()
                .flatMap(binder::sqlServer)
                .map(server -> waitForOldSessions(step, task, server))
                .orElseGet(Verdict.Holds::new);
        Verdict seen = lookTwice(step, task, scope);
        return seen.holds() || !AfterAttempt.isAtWork(gone) ? seen : gone;
    }

    private Verdict lookTwice(String step, Task task, Scope scope) {
        Verdict first = proof.ask(step, task, scope);
        if (first.holds() || !Proof.exists(task) || world.control().isCancelled()) {
            return first;
        }
        world.pause().pause(GRACE, world.control().cancellation());
        return proof.ask(step, task, scope);
    }

    private Verdict look(Work work, Task task, Scope scope, AttemptResult result) {
        if (result instanceof AttemptResult.Success) {
            return Proof.exists(task) ? waitFor(work.step(), task, scope) : new Verdict.Holds();
        }
        AttemptResult.Failure failure = (AttemptResult.Failure) result;
        return failure.trouble().unknown()
                ? lookInDoubt(work.step(), task, scope)
                : proof.ask(work.step(), task, scope);
    }

    private Verdict waitForOldSessions(String step, Task task, SqlTarget server) {
        return poll(step, task, () -> sessions(server), world.control()::isCancelled);
    }

    private Verdict sessions(SqlTarget server) {
        Answer answer = world.endpoints().sqlServer(server).oldSessions(Limits.within(Duration.ofSeconds(30)));
        if (answer instanceof Answer.Rows rows) {
            return rows.rows().isEmpty() ? new Verdict.Holds() : new Verdict.Unknown(OLD_GONE, atWork(server));
        }
        // a server that does not answer is waited for as well: it may be the network that went
        return ((Answer.Failed) answer).failure().isTransient()
                ? new Verdict.DoesNotHold(OLD_GONE, server.name() + " does not answer.")
                : new Verdict.Holds();
    }

    private static Trouble atWork(SqlTarget server) {
        String message = "What was sent is still at work on " + server.name() + ". Let it end, and resume.";
        return new Trouble(AfterAttempt.AT_WORK, "lasting", true, message, List.of(), Optional.empty());
    }

    private Verdict poll(String step, Task task, Supplier<Verdict> question, BooleanSupplier enough) {
        Instant end = world.clock().instant().plus(task.patience());
        for (int looks = 1; ; looks++) {
            Verdict verdict = question.get();
            Duration left = Duration.between(world.clock().instant(), end);
            if (verdict.holds() || left.isNegative() || left.isZero() || enough.getAsBoolean()) {
                return verdict;
            }
            world.watcher().waiting(step, clause(verdict), why(verdict), left);
            world.pause().pause(Polling.pause(looks, left), world.control().cancellation());
        }
    }

    private static String clause(Verdict verdict) {
        return verdict instanceof Verdict.DoesNotHold not ? not.clause() : ((Verdict.Unknown) verdict).clause();
    }

    private static String why(Verdict verdict) {
        return verdict instanceof Verdict.DoesNotHold not
                ? not.why()
                : ((Verdict.Unknown) verdict).trouble().message();
    }
}
