package dev.runbook.rehearsal.estate;

import dev.runbook.rehearsal.scene.Scene;
import dev.runbook.rehearsal.scene.Scene.FaultSpec;
import dev.runbook.rehearsal.server.Faults;
import dev.runbook.rehearsal.shell.CmdletError.ErrorRecord;
import dev.runbook.rehearsal.shell.ShellFaults;
import dev.runbook.rehearsal.tds.SqlError;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/** The faults of a scene, each as often as the scene says. Safe for use by several threads. */
final class SceneFaults implements Faults, ShellFaults {
    private final List<Armed> armed = new CopyOnWriteArrayList<>();
    private final Map<String, String> names;

    private SceneFaults(Map<String, String> names) {
        this.names = names;
    }

    /** Those of a scene, all still to come. */
    static SceneFaults of(Scene scene) {
        SceneFaults faults = new SceneFaults(scene.serverNames());
        scene.faults().forEach(faults::arm);
        return faults;
    }

    /** One more thing that goes wrong from now on. */
    void arm(FaultSpec fault) {
        armed.add(new Armed(
                fault,
                fault.server().map(names::get),
                Wildcard.beginning(fault.at()),
                new AtomicInteger(fault.times())));
    }

    /** Nothing goes wrong any more. */
    void disarm() {
        armed.clear();
    }

    /** Whether there are any, and each has struck as often as it could. */
    boolean used() {
        return !armed.isEmpty() && armed.stream().allMatch(one -> one.left().get() == 0);
    }

    private record Armed(FaultSpec fault, Optional<String> server, Predicate<String> at, AtomicInteger left) {
        /** Uses one up, where one is left. */
        private boolean strikes() {
            return left.getAndUpdate(count -> Math.max(0, count - 1)) > 0;
        }
    }

    @Override
    public Optional<Faults.Fault> strike(String server, String statement) {
        return armed.stream()
                .filter(one -> one.fault().kind() != FaultSpec.Kind.KILL_SHELL)
                .filter(one -> one.server().map(server::equalsIgnoreCase).orElse(true))
                .filter(one -> one.at().test(statement.strip()))
                .filter(Armed::strikes)
                .findFirst()
                .map(one -> ofServer(one.fault()));
    }

    @Override
    public Optional<ShellFaults.Fault> strike(String cmdlet) {
        return armed.stream()
                .filter(one -> one.server().isEmpty() && one.at().test(cmdlet))
                .filter(Armed::strikes)
                .findFirst()
                .map(one -> ofShell(one.fault()));
    }

    private static Faults.Fault ofServer(FaultSpec fault) {
        return switch (fault.kind()) {
            case ERROR_BEFORE ->
                new Faults.Fault.ErrorBefore(SqlError.of(
                        fault.complaint().number(), fault.complaint().message()));
            case ANSWER_LOST -> new Faults.Fault.AnswerLost();
            case DROP, KILL_SHELL -> new Faults.Fault.Drop();
            case HANG -> new Faults.Fault.Hang();
            case DISK_FULL -> new Faults.Fault.DiskFull();
        };
    }

    private static ShellFaults.Fault ofShell(FaultSpec fault) {
        return switch (fault.kind()) {
            case ERROR_BEFORE ->
                refusal(fault, fault.complaint().message(), "System.InvalidOperationException", "ResourceUnavailable");
            case DISK_FULL ->
                refusal(fault, "There is not enough space on the disk.", "System.IO.IOException", "WriteError");
            case ANSWER_LOST -> new ShellFaults.Fault.AnswerLost();
            case DROP, KILL_SHELL -> new ShellFaults.Fault.KillShell();
            case HANG -> new ShellFaults.Fault.Hang();
        };
    }

    private static ShellFaults.Fault refusal(FaultSpec fault, String message, String exception, String category) {
        return new ShellFaults.Fault.ErrorBefore(
                new ErrorRecord(message, exception, "FaultOfTheScene," + fault.at(), category, ""));
    }
}
