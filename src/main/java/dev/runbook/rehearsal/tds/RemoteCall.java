package dev.runbook.rehearsal.tds;

import dev.runbook.rehearsal.wire.ByteReader;
import dev.runbook.rehearsal.wire.Message;
import dev.runbook.rehearsal.wire.ValueReader;
import java.net.ProtocolException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The call of a procedure as it travels.
 *
 * @param procedure its name; for those that have a number, the name to it
 * @param arguments in their order, names as sent (mostly empty)
 */
record RemoteCall(String procedure, List<Session.Parameter> arguments) {
    private static final int BY_NUMBER = 0xFFFF;

    static RemoteCall parse(Message message) throws ProtocolException {
        ByteReader in = new ByteReader(message.body());
        skipHeaders(in);
        int length = in.u16();
        String procedure = length == BY_NUMBER ? name(in.u16()) : in.text(length);
        in.skip(2);
        ValueReader values = new ValueReader(in);
        List<Session.Parameter> arguments = new ArrayList<>();
        while (!in.isAtEnd()) {
            String name = in.text(in.u8());
            in.skip(1);
            arguments.add(new Session.Parameter(name, values.next()));
        }
        return new RemoteCall(procedure.toLowerCase(Locale.ROOT), arguments);
    }

    /** Transactions and query notifications, before every batch and call. */
    static void skipHeaders(ByteReader in) throws ProtocolException {
        in.skip(in.i32() - Integer.BYTES);
    }

    /** The value of an argument; null when there are not so many. */
    Object value(int index) {
        return index < arguments.size() ? arguments.get(index).value() : null;
    }

    private static String name(int number) {
        return switch (number) {
            case 10 -> "sp_executesql";
            case 11 -> "sp_prepare";
            case 12 -> "sp_execute";
            case 13 -> "sp_prepexec";
            case 15 -> "sp_unprepare";
            default -> "procedure number " + number;
        };
    }
}
