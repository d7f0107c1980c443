package dev.runbook.rehearsal.cmdlet;

import dev.runbook.value.Value;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** One call of a cmdlet: what it was given, and whom it tells how it goes. It is stopped by an interrupt of its thread. */
public final class Call {
    private final Map<String, Value> parameters;
    private final Voice voice;

    private Call(Map<String, Value> parameters, Voice voice) {
        Map<String, Value> sorted = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        sorted.putAll(parameters);
        this.parameters = Collections.unmodifiableMap(sorted);
        this.voice = voice;
    }

    /**
     * A call with these parameters.
     *
     * @throws CmdletError as PowerShell refuses to bind them
     */
    public static Call of(Cmdlet cmdlet, Map<String, Value> parameters, Voice voice) {
        return new Call(Binder.of(cmdlet).bind(parameters), voice);
    }

    /** The client stopped the call. */
    public static final class Stopped extends RuntimeException {}

    /** Hears what a cmdlet says while it runs. */
    public interface Voice {
        /** Progress; a negative percentage where nobody knows. */
        void progress(String activity, String status, int percent);

        /** A warning. */
        void warn(String text);
    }

    /** Whether nothing is to be changed. */
    public boolean isWhatIf() {
        return isOn(Binder.WHAT_IF);
    }

    /** Whether the parameter was given; it may be null. */
    public boolean has(String parameter) {
        return parameters.containsKey(parameter);
    }

    /** The value of a parameter; {@link Value#NOTHING} where it was not given. */
    public Value value(String parameter) {
        return parameters.getOrDefault(parameter, Value.NOTHING);
    }

    /** The text of a parameter; empty where it was not given, or is null. */
    public Optional<String> text(String parameter) {
        Value value = value(parameter);
        return value instanceof Value.Nothing ? Optional.empty() : Optional.of(value.text());
    }

    /** Whether a switch is on. */
    public boolean isOn(String parameter) {
        Value value = value(parameter);
        return value instanceof Value.Truth truth
                ? truth.value()
                : value instanceof Value.Number number && number.value().signum() != 0;
    }

    /**
     * Looks whether the client wants the call to stop.
     *
     * @throws Stopped when it does
     */
    public void stopIfAsked() {
        if (Thread.currentThread().isInterrupted()) {
            throw new Stopped();
        }
    }

    /** Says how far it is. */
    public void progress(String activity, String status, int percent) {
        voice.progress(activity, status, percent);
    }

    /** Says what is not an error. */
    public void warn(String text) {
        voice.warn(text);
    }
}
