package dev.runbook.rehearsal.shell;

import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * One simulated cmdlet. Used by several shells at a time.
 *
 * @param name its exact name
 * @param parameters that it declares, without the common ones
 * @param changes whether it takes {@code -WhatIf} and {@code -Confirm}
 * @param body what it does, see {@link #run}
 */
public record Cmdlet(String name, List<Parameter> parameters, boolean changes, Function<Call, List<Object>> body) {
    /** One that takes neither {@code -WhatIf} nor {@code -Confirm}. */
    public static Cmdlet looking(String name, Function<Call, List<Object>> body, Parameter... parameters) {
        return new Cmdlet(name, List.of(parameters), false, body);
    }

    /** One that changes something, and so takes {@code -WhatIf} and {@code -Confirm}. */
    public static Cmdlet changing(String name, Function<Call, List<Object>> body, Parameter... parameters) {
        return new Cmdlet(name, List.of(parameters), true, body);
    }

    /**
     * Runs it. Called with parameters as declared, and not at all when {@code -WhatIf} was given.
     *
     * @return what it writes: {@link ShellObject}s or scalars
     * @throws CmdletError when it fails
     */
    public List<Object> run(Call call) {
        return body.apply(call);
    }

    /**
     * A parameter that a cmdlet declares.
     *
     * @param name found without regard to case, and by a beginning that no other parameter has
     * @param type what it takes
     * @param mandatory whether a call without it is refused
     * @param values the only ones it takes; empty means any
     * @param sets the parameter sets it belongs to; empty means all
     */
    public record Parameter(String name, Type type, boolean mandatory, List<String> values, Set<String> sets) {
        /** Copies the collections. */
        public Parameter {
            values = List.copyOf(values);
            sets = Set.copyOf(sets);
        }

        /** What a parameter takes. */
        enum Type {
            /** Anything, null too. */
            ANY("System.Object"),
            /** A text. */
            TEXT("System.String"),
            /** A switch: a boolean or a number, never a text. */
            SWITCH("System.Management.Automation.SwitchParameter"),
            /** A hash table. */
            TABLE("System.Collections.Hashtable"),
            /** A list, one of its items, nothing, or a hash table with {@code Add}, {@code Remove} or {@code Replace}. */
            LIST_MODIFIER("System.Management.Automation.PSListModifier`1[System.String]");

            private final String full;

            Type(String full) {
                this.full = full;
            }

            /** The name that messages use. */
            String full() {
                return full;
            }
        }

        /** Takes anything. */
        public static Parameter any(String name) {
            return new Parameter(name, Type.ANY, false, List.of(), Set.of());
        }

        /** Takes a text. */
        public static Parameter text(String name) {
            return new Parameter(name, Type.TEXT, false, List.of(), Set.of());
        }

        /** Takes one of these texts. */
        public static Parameter oneOf(String name, List<String> values) {
            return new Parameter(name, Type.TEXT, false, values, Set.of());
        }

        /** Is there or not. */
        public static Parameter flag(String name) {
            return new Parameter(name, Type.SWITCH, false, List.of(), Set.of());
        }

        /** Takes a hash table. */
        public static Parameter table(String name) {
            return new Parameter(name, Type.TABLE, false, List.of(), Set.of());
        }

        /**
         * Takes a list, or what is to be done with one. The cmdlet gets nothing, or a table that has no other keys than {@code Add},
         * {@code Remove} and {@code Replace}, each with a list.
         */
        public static Parameter listModifier(String name) {
            return new Parameter(name, Type.LIST_MODIFIER, false, List.of(), Set.of());
        }

        /** The same one, mandatory. */
        public Parameter required() {
            return new Parameter(name, type, true, values, sets);
        }

        /** The same one, in these parameter sets alone. */
        public Parameter in(String... only) {
            return new Parameter(name, type, mandatory, values, Set.of(only));
        }

        /** Whether a call that means this parameter set may use it. */
        boolean isIn(String set) {
            return sets.isEmpty() || sets.contains(set);
        }
    }
}
