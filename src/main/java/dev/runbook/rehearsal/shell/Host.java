package dev.runbook.rehearsal.shell;

import dev.runbook.base.Value;
import dev.runbook.rehearsal.cmdlet.Cmdlet;
import dev.runbook.rehearsal.cmdlet.CmdletError;
import dev.runbook.rehearsal.cmdlet.ErrorRecord;
import dev.runbook.rehearsal.cmdlet.ShellModule;
import dev.runbook.rehearsal.cmdlet.ShellObject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The modules that one client has opened, and what can be found in them. */
final class Host {
    private final List<ShellModule> installed;
    private final List<RemoteEndpoint> others;
    private List<ShellModule> opened = List.of();
    private final Set<String> called = new HashSet<>();
    private boolean open;

    Host(List<ShellModule> installed, List<RemoteEndpoint> others) {
        this.installed = installed;
        this.others = others;
    }

    /**
     * As {@code Open-Session} does.
     *
     * @throws CmdletError when one of them is not installed
     */
    void open(List<String> modules) {
        load(modules, Host::missing);
    }

    /**
     * As {@code Open-Remote} does.
     *
     * @param remote which other computer, and who logs in there
     * @throws CmdletError when it is not there, refuses the login, or does not load a module
     */
    void open(List<String> modules, Map<String, Value> remote) {
        RemoteEndpoint there = others.stream()
                .filter(one -> one.isMeant(remote))
                .findFirst()
                .orElseThrow(() -> RemoteEndpoint.missing(remote));
        there.admit(remote);
        if (there.ready() && !modules.isEmpty()) {
            throw RemoteEndpoint.unknown("Import-Module");
        }
        load(
                there.ready() ? installed.stream().map(ShellModule::name).toList() : modules,
                RemoteEndpoint::withoutModule);
    }

    private void load(List<String> modules, Function<String, CmdletError> missing) {
        List<ShellModule> found = new ArrayList<>();
        for (String module : modules) {
            found.add(installed.stream()
                    .filter(one -> one.name().equalsIgnoreCase(ShellModule.nameIn(module)))
                    .findFirst()
                    .orElseThrow(() -> missing.apply(module)));
        }
        opened = List.copyOf(found);
        open = true;
    }

    /**
     * As {@code Find-Command} does.
     *
     * @throws CmdletError when no opened module has it
     */
    Cmdlet find(String name) {
        if (!open) {
            throw new CmdletError(new ErrorRecord(
                    "You cannot call a method on a null-valued expression.",
                    "System.Management.Automation.RuntimeException",
                    "InvokeMethodOnNull",
                    "InvalidOperation",
                    ""));
        }
        return opened.stream()
                .flatMap(module -> module.cmdlet(name).stream())
                .reduce((earlier, later) -> later)
                .orElseThrow(() -> new CmdletError(new ErrorRecord(
                        "'" + name + "' is not a cmdlet of "
                                + opened.stream().map(ShellModule::name).collect(Collectors.joining(", ")),
                        ErrorRecord.OF_POWERSHELL,
                        "CommandNotFoundException",
                        "ObjectNotFound",
                        "")));
    }

    /** What is said when a cmdlet of several modules is first called: which one is meant. */
    Optional<String> ambiguity(String name) {
        List<String> having = opened.stream()
                .filter(module -> module.cmdlet(name).isPresent())
                .map(ShellModule::name)
                .toList();
        return having.size() > 1 && called.add(name.toLowerCase(Locale.ROOT))
                ? Optional.of("'" + name + "' is in more than one module of this shell: " + String.join(", ", having)
                        + ". That of " + having.get(having.size() - 1) + ", which is named last, is called.")
                : Optional.empty();
    }

    /** As {@code Encode-Row} does: a property that is not there is left out. */
    static Object pick(Object held, List<String> names) {
        if (names.isEmpty()) {
            return held;
        }
        Map<String, Object> row = new LinkedHashMap<>();
        for (String path : names) {
            PropertyPath.of(held, path).ifPresent(found -> row.put(path, Wire.flatten(found.value())));
        }
        return row;
    }

    private static CmdletError missing(String module) {
        return new CmdletError(ErrorRecord.ofPowerShell(
                "One or more errors occurred processing the module '" + module
                        + "' specified in the InitialSessionState object used to create this runspace. See the"
                        + " ErrorRecords property for a complete list of errors. The first error was: The specified"
                        + " module '" + module
                        + "' was not loaded because no valid module file was found in any module directory.",
                "ErrorLoadingModulesOnRunspaceOpen",
                "OpenError"));
    }

    /** What is found behind a dotted path in an object. */
    static final class PropertyPath {
        private PropertyPath() {}

        /**
         * Something that is there.
         *
         * @param value may be null
         */
        record Found(Object value) {}

        /** Looks inside, without regard to case; behind a null there is null. Empty when a property is not there. */
        static Optional<Found> of(Object held, String path) {
            Found found = new Found(held);
            for (String name : path.split("\\.")) {
                if (found.value() == null) {
                    break;
                }
                Optional<Found> next = property(found.value(), name);
                if (next.isEmpty()) {
                    return Optional.empty();
                }
                found = next.get();
            }
            return Optional.of(found);
        }

        private static Optional<Found> property(Object held, String name) {
            Map<?, ?> properties = held instanceof ShellObject object
                    ? object.properties()
                    : held instanceof Map<?, ?> table ? table : Map.of();
            return properties.entrySet().stream()
                    .filter(entry -> name.equalsIgnoreCase(String.valueOf(entry.getKey())))
                    .map(entry -> new Found(entry.getValue()))
                    .findFirst();
        }
    }
}
