package dev.runbook.rehearsal.shell;

import dev.runbook.base.Value;
import dev.runbook.rehearsal.shell.Cmdlet.Parameter;
import dev.runbook.rehearsal.shell.CmdletError.ErrorRecord;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One call of a cmdlet: what it was given, and whom it tells how it goes. It is stopped by an interrupt of its thread. */
public final class Call {
    private final String cmdlet;
    private final Map<String, Value> parameters;
    private final Voice voice;

    private Call(String cmdlet, Map<String, Value> parameters, Voice voice) {
        this.cmdlet = cmdlet;
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
    static Call of(Cmdlet cmdlet, Map<String, Value> parameters, Voice voice) {
        return new Call(cmdlet.name(), Binder.of(cmdlet).bind(parameters), voice);
    }

    /** The client stopped the call. */
    public static final class Stopped extends RuntimeException {}

    /** Hears what a cmdlet says while it runs. */
    interface Voice {
        /** Progress; a negative percentage where it is not known. */
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

    /**
     * An error of the cmdlet itself.
     *
     * @param id the first part of the error id; the name of the cmdlet follows it
     * @param category such as {@code ObjectNotFound}
     */
    public CmdletError failure(String message, String id, String category) {
        return CmdletError.of(message, id, category, cmdlet);
    }

    /** Says how far it is. */
    public void progress(String activity, String status, int percent) {
        voice.progress(activity, status, percent);
    }

    /** Says what is not an error. */
    public void warn(String text) {
        voice.warn(text);
    }

    /**
     * Binds the parameters of a call to what a cmdlet declares, in PowerShell's order: conversions and permitted values of the
     * known ones, then unknown ones, then the parameter set, then missing ones. Texts and ids as recorded from version 7.6.
     */
    record Binder(String cmdlet, List<Parameter> declared) {
        static final String WHAT_IF = "WhatIf";
        private static final String REPLACE = "Replace";
        private static final List<String> MODIFIERS = List.of("Add", "Remove", REPLACE);
        private static final List<Parameter> OF_CHANGES = List.of(Parameter.flag(WHAT_IF), Parameter.flag("Confirm"));
        private static final List<Parameter> COMMON = Stream.of(
                        "Verbose",
                        "Debug",
                        "ErrorAction",
                        "WarningAction",
                        "InformationAction",
                        "ErrorVariable",
                        "WarningVariable",
                        "InformationVariable",
                        "OutVariable",
                        "OutBuffer",
                        "PipelineVariable")
                .map(Parameter::any)
                .toList();

        /** For a cmdlet, with the parameters that all have. */
        static Binder of(Cmdlet cmdlet) {
            List<Parameter> all = new ArrayList<>(cmdlet.parameters());
            if (cmdlet.changes()) {
                all.addAll(OF_CHANGES);
            }
            all.addAll(COMMON);
            return new Binder(cmdlet.name(), all);
        }

        /**
         * The values by declared name.
         *
         * @throws CmdletError as PowerShell refuses the call
         */
        Map<String, Value> bind(Map<String, Value> given) {
            Map<String, Value> bound = new LinkedHashMap<>();
            List<String> unknown = new ArrayList<>();
            given.forEach((name, value) -> find(name)
                    .ifPresentOrElse(
                            parameter -> bound.put(parameter.name(), accept(parameter, value)),
                            () -> unknown.add(name)));
            if (!unknown.isEmpty()) {
                throw refusal(
                        "A parameter cannot be found that matches parameter name '" + unknown.get(0) + "'.",
                        "NamedParameterNotFound",
                        "InvalidArgument");
            }
            requireSet(bound.keySet());
            return bound;
        }

        private Optional<Parameter> find(String name) {
            Optional<Parameter> exact = declared.stream()
                    .filter(parameter -> parameter.name().equalsIgnoreCase(name))
                    .findFirst();
            List<Parameter> beginning = declared.stream()
                    .filter(parameter -> parameter.name().regionMatches(true, 0, name, 0, name.length()))
                    .toList();
            if (exact.isEmpty() && beginning.size() > 1) {
                throw refusal(
                        "Parameter cannot be processed because the parameter name '" + name
                                + "' is ambiguous. Possible matches include: "
                                + beginning.stream()
                                        .map(parameter -> "-" + parameter.name())
                                        .collect(Collectors.joining(" "))
                                + ".",
                        "AmbiguousParameter",
                        "InvalidArgument");
            }
            return exact.or(() -> beginning.stream().findFirst());
        }

        private Value accept(Parameter parameter, Value value) {
            Value converted = convert(parameter, value);
            boolean permitted = parameter.values().isEmpty()
                    || parameter.values().stream().anyMatch(one -> one.equalsIgnoreCase(converted.text()));
            if (!permitted) {
                throw refusal(
                        "Cannot validate argument on parameter '" + parameter.name() + "'. The argument \""
                                + converted.text() + "\" does not belong to the set \""
                                + String.join(",", parameter.values())
                                + "\" specified by the ValidateSet attribute. Supply an argument that is in the set"
                                + " and then try the command again.",
                        "ParameterArgumentValidationError",
                        "InvalidData");
            }
            return converted;
        }

        private Value convert(Parameter parameter, Value value) {
            return switch (parameter.type()) {
                case ANY -> value;
                case TEXT -> text(parameter, value);
                case SWITCH -> flag(parameter, value);
                case TABLE -> table(parameter, value);
                case LIST_MODIFIER -> listModifier(parameter, value);
            };
        }

        private Value text(Parameter parameter, Value value) {
            if (value instanceof Value.Items || value instanceof Value.Fields) {
                throw transformation(parameter, "Cannot convert value to type System.String.");
            }
            if (parameter.mandatory() && value.text().isEmpty()) {
                boolean isNull = value instanceof Value.Nothing;
                throw refusal(
                        "Cannot bind argument to parameter '" + parameter.name() + "' because it is "
                                + (isNull ? "null." : "an empty string."),
                        "ParameterArgumentValidationError" + (isNull ? "Null" : "EmptyString") + "NotAllowed",
                        "InvalidData");
            }
            return value instanceof Value.Secret || value instanceof Value.Text ? value : Value.of(value.text());
        }

        private Value flag(Parameter parameter, Value value) {
            if (value instanceof Value.Truth || value instanceof Value.Nothing) {
                return value;
            }
            if (value instanceof Value.Number) {
                throw unlike(parameter, value); // of 64 bits, as every whole number comes over the wire
            }
            throw transformation(
                    parameter,
                    "Cannot convert value \"" + TypeName.of(value) + "\" to type \""
                            + parameter.type().full()
                            + "\". Boolean parameters accept only Boolean values and numbers, such as $True, $False, 1"
                            + " or 0.");
        }

        private Value table(Parameter parameter, Value value) {
            if (value instanceof Value.Fields || value instanceof Value.Nothing) {
                return value;
            }
            throw unlike(parameter, value);
        }

        private Value listModifier(Parameter parameter, Value value) {
            if (value instanceof Value.Nothing) {
                return value;
            }
            Map<String, Value> given = value instanceof Value.Fields fields ? fields.values() : Map.of(REPLACE, value);
            Map<String, Value> known = new LinkedHashMap<>();
            given.forEach((verb, items) -> known.put(
                    MODIFIERS.stream()
                            .filter(verb::equalsIgnoreCase)
                            .findFirst()
                            .orElseThrow(() -> transformation(
                                    parameter,
                                    "Cannot convert value \"System.Collections.Hashtable\" to type \""
                                            + parameter.type().full()
                                            + "\". Error: \"The following unknown list modifier was detected: '" + verb
                                            + "'. Valid list modifiers are Add, Remove, and Replace.\"")),
                    list(items)));
            return new Value.Fields(known);
        }

        private static Value list(Value items) {
            if (items instanceof Value.Items) {
                return items;
            }
            return new Value.Items(items instanceof Value.Nothing ? List.of() : List.of(items));
        }

        private CmdletError unlike(Parameter parameter, Value value) {
            return transformation(
                    parameter,
                    "Cannot convert the \"" + value.text() + "\" value of type \"" + TypeName.of(value)
                            + "\" to type \"" + parameter.type().full() + "\".");
        }

        /** A call means the sets that all its parameters are in; one of these must have all it needs. */
        private void requireSet(Set<String> given) {
            List<String> sets = declared.stream()
                    .flatMap(parameter -> parameter.sets().stream())
                    .distinct()
                    .toList();
            List<String> meant = (sets.isEmpty() ? List.of("") : sets)
                    .stream()
                            .filter(set -> declared.stream()
                                    .filter(parameter -> given.contains(parameter.name()))
                                    .allMatch(parameter -> parameter.isIn(set)))
                            .toList();
            if (meant.stream().anyMatch(set -> missing(set, given).isEmpty())) {
                return;
            }
            if (meant.size() != 1) {
                throw refusal(
                        "Parameter set cannot be resolved using the specified named parameters. One or more parameters"
                                + " issued cannot be used together or an insufficient number of parameters were provided.",
                        "AmbiguousParameterSet",
                        "InvalidArgument");
            }
            throw refusal(
                    "Cannot process command because of one or more missing mandatory parameters: "
                            + String.join(" ", missing(meant.get(0), given)) + ".",
                    "MissingMandatoryParameter",
                    "InvalidArgument");
        }

        private List<String> missing(String set, Set<String> given) {
            return declared.stream()
                    .filter(parameter -> parameter.mandatory() && parameter.isIn(set))
                    .map(Parameter::name)
                    .filter(name -> !given.contains(name))
                    .toList();
        }

        private CmdletError transformation(Parameter parameter, String reason) {
            return refusal(
                    "Cannot process argument transformation on parameter '" + parameter.name() + "'. " + reason,
                    "ParameterArgumentTransformationError",
                    "InvalidData");
        }

        private CmdletError refusal(String message, String id, String category) {
            return new CmdletError(ErrorRecord.ofPowerShell(message, id + "," + cmdlet, category));
        }
    }

    /** What .NET calls the values that come over the wire. */
    static final class TypeName {
        private TypeName() {}

        /** The full name; {@code null} for null. */
        static String of(Value value) {
            if (value instanceof Value.Truth) {
                return "System.Boolean";
            }
            if (value instanceof Value.Number number) {
                return number.value().scale() <= 0 ? "System.Int64" : "System.Decimal";
            }
            if (value instanceof Value.Items) {
                return "System.Object[]";
            }
            if (value instanceof Value.Fields) {
                return "System.Collections.Hashtable";
            }
            if (value instanceof Value.Secret) {
                return "System.Security.SecureString";
            }
            return value instanceof Value.Nothing ? "null" : "System.String";
        }
    }
}
