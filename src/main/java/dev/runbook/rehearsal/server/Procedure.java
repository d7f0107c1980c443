package dev.runbook.rehearsal.server;

import dev.runbook.rehearsal.model.EstateState;
import dev.runbook.rehearsal.tds.SqlError;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * A stored procedure of the system. Those that there are: {@link #find}.
 *
 * @param database where it lives: {@code master} or {@code msdb}
 * @param name such as {@code sp_update_job}
 * @param parameters in the order in which they may be given without a name
 * @param administrators whether only administrators may call it
 * @param body what it does
 */
record Procedure(String database, String name, List<Parameter> parameters, boolean administrators, Body body) {
    private static final List<Procedure> ALL = Stream.of(
                    JobProcedures.all(), LogShippingProcedures.all(), SessionProcedures.all())
            .flatMap(List::stream)
            .toList();

    /** Copies the parameters. */
    Procedure {
        parameters = List.copyOf(parameters);
    }

    /** Types of parameters, with the names that errors give them. */
    enum Type {
        /** A text. */
        NVARCHAR,
        /** A whole number. */
        INT,
        /** 0 or 1. */
        BIT,
        /** An id. */
        UNIQUEIDENTIFIER
    }

    /**
     * A parameter.
     *
     * @param name without {@code @}
     * @param type to which values are converted
     * @param required whether it must be given
     */
    record Parameter(String name, Type type, boolean required) {
        /** As it is declared: {@code name type}, with a question mark after one that may be left out. */
        private static Parameter declared(String text) {
            String[] words = text.replace("?", "").split(" ");
            return new Parameter(words[0], Type.valueOf(words[1].toUpperCase(Locale.ROOT)), !text.endsWith("?"));
        }
    }

    /** What a procedure does. */
    @FunctionalInterface
    interface Body {
        /** Does it. A failure makes the procedure return 1. */
        Outcome call(EstateState state, Arguments arguments, Execution execution);
    }

    /**
     * The procedure that a name means.
     *
     * @param written up to three parts
     * @param database of the calling session; what lives in master is found from everywhere
     */
    static Optional<Procedure> find(String written, String database) {
        String[] parts = written.toLowerCase(Locale.ROOT).split("\\.");
        String name = parts[parts.length - 1];
        String where = parts.length == 3 ? parts[0] : database.toLowerCase(Locale.ROOT);
        return ALL.stream()
                .filter(procedure -> procedure.name().equals(name))
                .filter(procedure -> procedure.database().equals("master")
                        || procedure.database().equals(where))
                .findFirst();
    }

    /** One of msdb, for administrators. */
    static Procedure ofMsdb(String name, Body body, String parameters) {
        return of("msdb", name, parameters, true, body);
    }

    /** One of master, for administrators. */
    static Procedure ofMaster(String name, Body body, String parameters) {
        return of("master", name, parameters, true, body);
    }

    /** One of master, for everybody. */
    static Procedure forAll(String name, Body body, String parameters) {
        return of("master", name, parameters, false, body);
    }

    private static Procedure of(String database, String name, String parameters, boolean administrators, Body body) {
        List<Parameter> declared = Arrays.stream(parameters.split(",\\s*"))
                .filter(one -> !one.isEmpty())
                .map(Parameter::declared)
                .toList();
        return new Procedure(database, name, declared, administrators, body);
    }

    /**
     * The arguments of one call, converted to the types of the parameters.
     *
     * @param values by name in lower case; a null is an argument too
     */
    record Arguments(Map<String, Object> values) {
        /** Copies the map. */
        Arguments {
            values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
        }

        Optional<String> text(String name) {
            return Optional.ofNullable((String) values.get(name.toLowerCase(Locale.ROOT)));
        }

        /** The text of a required parameter; the empty text for a null. */
        String name(String name) {
            return text(name).orElse("");
        }

        Optional<Integer> number(String name) {
            return Optional.ofNullable((Integer) values.get(name.toLowerCase(Locale.ROOT)));
        }

        int number(String name, int otherwise) {
            return number(name).orElse(otherwise);
        }

        Optional<Boolean> bit(String name) {
            return Optional.ofNullable((Boolean) values.get(name.toLowerCase(Locale.ROOT)));
        }

        boolean bit(String name, boolean otherwise) {
            return bit(name).orElse(otherwise);
        }

        Optional<UUID> id(String name) {
            return Optional.ofNullable((UUID) values.get(name.toLowerCase(Locale.ROOT)));
        }
    }

    /** Gives the values of a call to the parameters of a procedure, converted as SQL Server converts them. */
    sealed interface Binding {
        /** They fit. */
        record Bound(Arguments arguments) implements Binding {}

        /** They do not: 201, 8114, 8144 or 8145. */
        record Refused(SqlError error) implements Binding {}

        /**
         * A value as it was given.
         *
         * @param name without {@code @}; empty when given by its place
         * @param value a String, Boolean, Integer, Long, BigDecimal or null
         */
        record Given(String name, Object value) {}

        /** Binds the values of one call. */
        static Binding of(Procedure procedure, List<Given> given) {
            if (given.size() > procedure.parameters().size()) {
                return new Refused(ServerError.TOO_MANY_ARGUMENTS.of(procedure.name()));
            }
            Map<String, Object> values = new LinkedHashMap<>();
            for (int i = 0; i < given.size(); i++) {
                Optional<Parameter> parameter = parameter(procedure, given.get(i), i);
                if (parameter.isEmpty()) {
                    return new Refused(
                            ServerError.NO_SUCH_PARAMETER.of(given.get(i).name(), procedure.name()));
                }
                Object value = given.get(i).value();
                Optional<Object> converted = value == null
                        ? Optional.empty()
                        : convert(value, parameter.get().type());
                if (value != null && converted.isEmpty()) {
                    return new Refused(ServerError.CONVERSION.of(
                            typeOf(value), parameter.get().type().name().toLowerCase(Locale.ROOT)));
                }
                values.put(parameter.get().name().toLowerCase(Locale.ROOT), converted.orElse(null));
            }
            return procedure.parameters().stream()
                    .filter(parameter -> parameter.required()
                            && !values.containsKey(parameter.name().toLowerCase(Locale.ROOT)))
                    .findFirst()
                    .<Binding>map(
                            missing -> new Refused(ServerError.PARAMETER_MISSING.of(procedure.name(), missing.name())))
                    .orElseGet(() -> new Bound(new Arguments(values)));
        }

        private static Optional<Parameter> parameter(Procedure procedure, Given given, int place) {
            if (given.name().isEmpty()) {
                return Optional.of(procedure.parameters().get(place));
            }
            return procedure.parameters().stream()
                    .filter(parameter -> parameter.name().equalsIgnoreCase(given.name()))
                    .findFirst();
        }

        private static Optional<Object> convert(Object value, Type type) {
            return switch (type) {
                case NVARCHAR -> Optional.of(text(value));
                case INT -> whole(value).map(Integer.class::cast);
                case BIT -> bit(value).map(Boolean.class::cast);
                case UNIQUEIDENTIFIER -> id(text(value)).map(UUID.class::cast);
            };
        }

        private static String text(Object value) {
            if (value instanceof Boolean truth) {
                return truth ? "1" : "0";
            }
            return value instanceof BigDecimal number ? number.toPlainString() : value.toString();
        }

        private static Optional<Integer> whole(Object value) {
            String digits = value instanceof BigDecimal number
                    ? number.setScale(0, RoundingMode.DOWN).toPlainString()
                    : text(value).strip();
            if (digits.isEmpty()) {
                return Optional.of(0);
            }
            return digits.matches("[-+]?\\d{1,9}") ? Optional.of(Integer.parseInt(digits)) : Optional.empty();
        }

        private static Optional<Boolean> bit(Object value) {
            String text = text(value).strip();
            if (text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false")) {
                return Optional.of(Boolean.parseBoolean(text));
            }
            return whole(value).map(number -> number != 0);
        }

        private static Optional<UUID> id(String text) {
            String bare = text.strip().replaceAll("^\\{(.*)}$", "$1");
            return bare.matches("(?i)[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
                    ? Optional.of(UUID.fromString(bare))
                    : Optional.empty();
        }

        private static String typeOf(Object value) {
            return value instanceof String ? "nvarchar" : value instanceof BigDecimal ? "numeric" : "int";
        }
    }
}
