package dev.runbook.endpoint.sql;

import dev.runbook.endpoint.SqlTarget;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.Socket;
import java.net.UnknownHostException;
import java.util.OptionalInt;

/**
 * Looks once more why a server could not be dialled: the driver says it in words alone, in the language of the computer. Opens
 * a connection at most, and sends nothing.
 */
final class Knock {
    private static final int USUAL_PORT = 1433;
    private static final int PATIENCE_MILLIS = 5000;

    private final String host;
    private final OptionalInt port;

    private Knock(String host, OptionalInt port) {
        this.host = host;
        this.port = port;
    }

    /** What is there. */
    enum Door {
        /** Nobody here knows the name. */
        NO_SUCH_NAME("the name is not known here"),
        /** The computer is there, and says that nobody listens. */
        REFUSED("the port is refused"),
        /** There is no way there. */
        NO_WAY("there is no way to it"),
        /** Nobody says anything; or the port of an instance is not told. */
        SILENT("no answer"),
        /** Somebody listens, but did not say what a SQL Server says. */
        OPEN("somebody listens, but does not answer as a SQL Server");

        private final String words;

        Door(String words) {
            this.words = words;
        }

        /** For people. */
        String words() {
            return words;
        }
    }

    /** At the place where a target is dialled. */
    static Knock at(SqlTarget target) {
        if (target.address().isPresent()) {
            String address = target.address().get();
            int colon = address.lastIndexOf(':');
            return new Knock(
                    address.substring(0, colon), OptionalInt.of(Integer.parseInt(address.substring(colon + 1))));
        }
        boolean asked = target.port().isEmpty() && target.instance().isPresent();
        return new Knock(
                target.host(),
                asked ? OptionalInt.empty() : OptionalInt.of(target.port().orElse(USUAL_PORT)));
    }

    /** Where that is. */
    String place() {
        return port.isPresent() ? host + ":" + port.getAsInt() : host;
    }

    /** What is there now. */
    Door door() {
        try {
            InetAddress address = InetAddress.getByName(host);
            return port.isPresent() ? door(new InetSocketAddress(address, port.getAsInt())) : Door.SILENT;
        } catch (UnknownHostException e) {
            return Door.NO_SUCH_NAME;
        }
    }

    private static Door door(InetSocketAddress address) {
        try (Socket socket = new Socket()) {
            socket.connect(address, PATIENCE_MILLIS);
            return Door.OPEN;
        } catch (NoRouteToHostException e) {
            return Door.NO_WAY;
        } catch (ConnectException e) {
            return Door.REFUSED;
        } catch (IOException e) {
            return Door.SILENT;
        }
    }
}
