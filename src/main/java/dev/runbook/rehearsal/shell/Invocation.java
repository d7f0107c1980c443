package dev.runbook.rehearsal.shell;

import dev.runbook.rehearsal.cmdlet.Call;
import dev.runbook.rehearsal.cmdlet.Cmdlet;
import dev.runbook.rehearsal.cmdlet.CmdletError;
import dev.runbook.rehearsal.cmdlet.ErrorRecord;
import dev.runbook.rehearsal.shell.ShellFaults.Fault;
import dev.runbook.value.Value;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** A cmdlet that runs in a thread of its own, so that the host can listen meanwhile. */
final class Invocation {
    private final Thread thread;
    private final FutureTask<End> task;

    private Invocation(FutureTask<End> task) {
        this.task = task;
        this.thread = new Thread(task, "simulated-cmdlet");
        thread.setDaemon(true);
    }

    /** How a cmdlet ends. */
    sealed interface End {
        /** With these objects. */
        record Wrote(List<Object> objects) implements End {}

        /** With an error, or stopped. */
        record Raised(ErrorRecord error) implements End {}

        /** Together with the shell. */
        record Killed() implements End {}
    }

    /** Binds the parameters and runs the cmdlet; {@code ended} is called when the end is there. */
    static Invocation start(
            Cmdlet cmdlet, Map<String, Value> parameters, ShellFaults faults, Call.Voice voice, Runnable ended) {
        Invocation invocation = new Invocation(new FutureTask<>(() -> run(cmdlet, parameters, faults, voice)) {
            @Override
            protected void done() {
                ended.run();
            }
        });
        invocation.thread.start();
        return invocation;
    }

    /** Asks the cmdlet to stop. */
    void stop() {
        thread.interrupt();
    }

    /** How it ended; called after that was announced. */
    End end() {
        try {
            return task.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new End.Killed();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    private static End run(Cmdlet cmdlet, Map<String, Value> parameters, ShellFaults faults, Call.Voice voice) {
        try {
            Call call = Call.of(cmdlet, parameters, voice);
            if (call.isWhatIf()) {
                return new End.Wrote(List.of());
            }
            Optional<Fault> fault = faults.strike(cmdlet.name());
            return fault.isPresent() ? struck(fault.get(), cmdlet, call) : new End.Wrote(cmdlet.run(call));
        } catch (CmdletError e) {
            return new End.Raised(e.record());
        } catch (Call.Stopped e) {
            return stopped();
        }
    }

    private static End struck(Fault fault, Cmdlet cmdlet, Call call) {
        if (fault instanceof Fault.ErrorBefore before) {
            return new End.Raised(before.error());
        }
        if (fault instanceof Fault.AnswerLost) {
            cmdlet.run(call);
        }
        return fault instanceof Fault.Hang ? hang() : new End.Killed();
    }

    private static End hang() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return stopped();
    }

    private static End stopped() {
        return new End.Raised(new ErrorRecord(
                "The pipeline has been stopped.",
                "System.Management.Automation.PipelineStoppedException",
                "PipelineStopped",
                "OperationStopped",
                ""));
    }
}
