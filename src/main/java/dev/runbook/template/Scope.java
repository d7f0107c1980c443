package dev.runbook.template;

import dev.runbook.base.Row;
import dev.runbook.base.Suggestion;
import dev.runbook.base.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * The names that tags may use, and what they stand for.
 *
 * @param bindings by name
 */
public record Scope(Map<String, Binding> bindings) {
    /** No names at all. */
    public static final Scope EMPTY = new Scope(Map.of());
    /** The name of the row or item for which something is done. */
    public static final String EACH = "each";
    /** The name under which the run's own facts are found. */
    public static final String RUN = "run";

    /** Copies the map, keeping its order. */
    public Scope {
        bindings = Collections.unmodifiableMap(new LinkedHashMap<>(bindings));
    }

    /** This scope with one name more, or with another meaning of a name. */
    public Scope with(String name, Binding binding) {
        Map<String, Binding> all = new LinkedHashMap<>(bindings);
        all.put(name, binding);
        return new Scope(all);
    }

    /** This scope with {@code {{run.id}}} and {@code {{run.stamp}}}. */
    public Scope withRun(String id, String stamp) {
        Map<String, Optional<Value>> parts = new LinkedHashMap<>();
        parts.put("id", Optional.of(Value.of(id)));
        parts.put("stamp", Optional.of(Value.of(stamp)));
        return with(RUN, new Binding.Parts(Optional.empty(), parts));
    }

    /** This scope with the row for which something is done: {@code {{each.column}}}. */
    public Scope withEach(Row row) {
        return with(EACH, new Binding.Rows(List.of(row)));
    }

    /** This scope with the item for which something is done, perhaps a path of the site: {@code {{each}}}. */
    public Scope withEach(Value item, boolean path) {
        return with(EACH, new Binding.One(item, path));
    }

    /** This scope with the rows that have been remembered so far, by name. */
    public Scope withRows(Map<String, List<Row>> remembered) {
        Map<String, Binding> all = new LinkedHashMap<>(bindings);
        remembered.forEach((name, rows) -> all.put(name, new Binding.Rows(rows)));
        return new Scope(all);
    }

    /** What a name stands for; empty when nobody declared it. */
    Optional<Binding> get(String name) {
        return Optional.ofNullable(bindings.get(name));
    }

    /** What a name stands for. */
    public sealed interface Binding {
        /**
         * A variable, or the item of a list for which something is done: {@code {{name}}}.
         *
         * @param path whether it is a path of the site, or a list of them: it may choose a folder
         */
        record One(Value value, boolean path) implements Binding {
            /** Something that is no path. */
            public One(Value value) {
                this(value, false);
            }
        }

        /**
         * Something with parts, such as a server: {@code {{name}}} and {@code {{name.part}}}.
         *
         * @param whole what the bare name stands for; empty where it stands for nothing
         * @param parts every part that there can be; empty where this one has none, such as the instance of a default instance
         */
        record Parts(Optional<Value> whole, Map<String, Optional<Value>> parts) implements Binding {
            /** Copies the map, keeping its order. */
            public Parts {
                parts = Collections.unmodifiableMap(new LinkedHashMap<>(parts));
            }
        }

        /**
         * Remembered rows, or the one row for which something is done: {@code {{name.column}}} needs exactly one,
         * {@code {{#name}}…{{/name}}} repeats for each.
         */
        record Rows(List<Row> rows) implements Binding {
            /** Copies the list. */
            public Rows {
                rows = List.copyOf(rows);
            }
        }

        /** Declared, and without a value: an optional variable that nobody gave. */
        record Absent() implements Binding {}

        /** Declared, and known only when the run gets there: what a plan knows of remembered rows and of {@code each}. */
        record Later() implements Binding {}
    }

    /**
     * Looks names up: in a scope, and inside a section first in the row or item of its turn.
     *
     * @param scope the names of the step or fact
     * @param item the row or item; empty outside sections
     */
    record Resolver(Scope scope, Optional<Binding> item) {
        /** The names outside of any section. */
        static Resolver of(Scope scope) {
            return new Resolver(scope, Optional.empty());
        }

        /** The names inside a section, in the turn of this row or item. */
        Resolver inside(Binding turn) {
            return new Resolver(scope, Optional.of(turn));
        }

        /** What a name was found to be. */
        sealed interface Found {
            /**
             * A value, which may be {@link Value#NOTHING}.
             *
             * @param path whether it is a path of the site
             */
            record Known(Value value, boolean path) implements Found {
                Known(Value value) {
                    this(value, false);
                }
            }

            /** A part that this thing does not have. */
            record AbsentPart() implements Found {}

            /** Nothing that could be filled in. */
            record Missing(Filled.Problem.Kind kind, String message) implements Found {}
        }

        /** What a section goes through. */
        sealed interface Turns {
            /** These rows or items, in this order. */
            record Known(List<Binding> turns) implements Turns {}

            /** Nothing that could be gone through. */
            record Missing(Filled.Problem.Kind kind, String message) implements Turns {}
        }

        /** What a tag stands for. */
        Found value(Tag tag) {
            if (item.isEmpty() && tag.path().equals(Tag.ITEM)) {
                return mistake("{{.}} is the item of a section over a list, and this is outside of one.");
            }
            return new Lookup<>(
                            item.map(turn -> path -> own(turn, path)),
                            name -> scope.get(name).map(binding -> part(tag, binding)),
                            this::isVariable)
                    .find(tag)
                    .orElseGet(() -> mistake(unknown(tag.head())));
        }

        /** What the section of a tag goes through. */
        Turns turns(Tag tag) {
            Optional<Binding> binding = scope.get(tag.head()).filter(found -> item.isEmpty());
            if (binding.isPresent()
                    && binding.get() instanceof Binding.Rows rows
                    && tag.rest().isEmpty()) {
                return new Turns.Known(rows.rows().stream().map(Resolver::turn).toList());
            }
            Found found = value(tag);
            if (found instanceof Found.Missing missing) {
                return new Turns.Missing(missing.kind(), missing.message());
            }
            if (found instanceof Found.Known known && known.value() instanceof Value.Items items) {
                return new Turns.Known(items.values().stream()
                        .map(item -> known.path() ? new Binding.One(item, true) : turn(item))
                        .toList());
            }
            boolean nothing = found instanceof Found.Known known && known.value() instanceof Value.Nothing;
            return nothing
                    ? new Turns.Known(List.of())
                    : new Turns.Missing(
                            Filled.Problem.Kind.MISTAKE,
                            "A section goes through remembered rows or a list, and " + tag.path() + " is neither.");
        }

        private static Binding turn(Row row) {
            return new Binding.Rows(List.of(row));
        }

        private static Binding turn(Value value) {
            return value instanceof Value.Fields fields ? turn(new Row(fields.values())) : new Binding.One(value);
        }

        /** What the row or item of the turn has under that path. */
        private Optional<Found> own(Binding turn, String path) {
            if (turn instanceof Binding.Rows row) {
                return row.rows().get(0).get(path).map(Found.Known::new);
            }
            if (turn instanceof Binding.One one && path.equals(Tag.ITEM)) {
                return Optional.of(new Found.Known(one.value(), one.path()));
            }
            String head = path.indexOf('.') > 0 ? path.substring(0, path.indexOf('.')) : path;
            return turn instanceof Binding.Later && scope.get(head).isEmpty()
                    ? Optional.of(later(path))
                    : Optional.empty();
        }

        private boolean isVariable(String name) {
            return !name.equals(Scope.EACH)
                    && scope.get(name)
                            .filter(found -> !(found instanceof Binding.Rows) && !(found instanceof Binding.Later))
                            .isPresent();
        }

        private Found part(Tag tag, Binding binding) {
            if (binding instanceof Binding.One one) {
                return tag.rest().isEmpty() ? new Found.Known(one.value(), one.path()) : partOf(tag, one.value());
            }
            if (binding instanceof Binding.Parts parts) {
                return partOf(tag, parts);
            }
            if (binding instanceof Binding.Rows rows) {
                return column(tag, rows.rows());
            }
            return binding instanceof Binding.Later
                    ? later(tag.path())
                    : new Found.Missing(Filled.Problem.Kind.NO_VALUE, "\"" + tag.head() + "\" was given no value.");
        }

        private static Found later(String path) {
            return new Found.Missing(
                    Filled.Problem.Kind.NO_VALUE, "\"" + path + "\" is known only when the run gets there.");
        }

        private static Found partOf(Tag tag, Value value) {
            if (tag.rest().isEmpty()) {
                return new Found.Known(value);
            }
            Optional<Value> field = value instanceof Value.Fields fields
                    ? new Row(fields.values()).get(tag.rest().get())
                    : Optional.empty();
            return field.<Found>map(Found.Known::new)
                    .orElseGet(() -> mistake("\"" + tag.head() + "\" has no part \""
                            + tag.rest().get() + "\". Write {{" + tag.head() + "}}."));
        }

        private static Found partOf(Tag tag, Binding.Parts binding) {
            if (tag.rest().isEmpty()) {
                return binding.whole()
                        .<Found>map(Found.Known::new)
                        .orElseGet(() -> mistake("\"" + tag.head() + "\" is no value by itself. Its parts are: "
                                + String.join(", ", binding.parts().keySet()) + "."));
            }
            String part = tag.rest().get();
            Optional<Value> value = binding.parts().get(part);
            if (value == null) {
                return mistake("\"" + tag.head() + "\" has no part \"" + part + "\". Its parts are: "
                        + String.join(", ", binding.parts().keySet()) + "."
                        + Suggestion.didYouMean(part, binding.parts().keySet()));
            }
            return value.<Found>map(Found.Known::new).orElseGet(Found.AbsentPart::new);
        }

        private static Found column(Tag tag, List<Row> rows) {
            String name = tag.head();
            if (tag.rest().isEmpty()) {
                return mistake("\"" + name + "\" is rows. Write {{" + name + ".column}}, or a section {{#" + name
                        + "}}…{{/" + name + "}} that repeats for each.");
            }
            if (rows.size() != 1) {
                Filled.Problem.Kind kind = rows.isEmpty() ? Filled.Problem.Kind.NO_VALUE : Filled.Problem.Kind.UNFIT;
                return new Found.Missing(
                        kind,
                        "{{" + tag.path() + "}} needs exactly one row, and \"" + name + "\" has " + rows.size() + ".");
            }
            String column = tag.rest().get();
            Row row = rows.get(0);
            return row.get(column)
                    .<Found>map(Found.Known::new)
                    .orElseGet(() -> mistake("\"" + name + "\" has no column \"" + column + "\". It has: "
                            + String.join(", ", row.names()) + "." + Suggestion.didYouMean(column, row.names())));
        }

        private static Found mistake(String message) {
            return new Found.Missing(Filled.Problem.Kind.MISTAKE, message);
        }

        private String unknown(String name) {
            List<String> known = new ArrayList<>();
            scope.bindings().keySet().stream()
                    .filter(each -> item.isEmpty() || isVariable(each))
                    .forEach(known::add);
            item.filter(Binding.Rows.class::isInstance)
                    .map(Binding.Rows.class::cast)
                    .ifPresent(rows -> known.addAll(rows.rows().get(0).names()));
            String rule = item.isPresent() && scope.get(name).isPresent()
                    ? "Inside a section, \"" + name + "\" is not known: only the columns of its row and variables are."
                    : "There is no \"" + name + "\" here.";
            return rule + Suggestion.didYouMean(name, known);
        }
    }

    /**
     * How the name in a tag is looked up. It is one rule for a run, which knows values, and for lint, which knows declarations: inside
     * a section the row or item of its turn is asked first, for the whole path, and of what is known around the section only
     * variables and the run are seen; outside of sections everything is.
     *
     * @param <T> what is known of a name
     * @param turn what the row or item of the section has, by path; empty outside of sections
     * @param around what is known around the section, by name
     * @param seenInside whether a name is seen inside of sections too
     */
    public record Lookup<T>(
            Optional<Function<String, Optional<T>>> turn,
            Function<String, Optional<T>> around,
            Predicate<String> seenInside) {
        /** What a tag names; empty where it names nothing. */
        public Optional<T> find(Tag tag) {
            return turn.flatMap(own -> own.apply(tag.path())).or(() -> around(tag.head()));
        }

        /** What a name stands for that is not of the turn. */
        Optional<T> around(String name) {
            return turn.isEmpty() || seenInside.test(name) ? around.apply(name) : Optional.empty();
        }
    }
}
