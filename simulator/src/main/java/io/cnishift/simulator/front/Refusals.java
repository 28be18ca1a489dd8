package io.cnishift.simulator.front;

import io.cnishift.api.port.ActResult.Reason;
import io.cnishift.simulator.ApiRefusal;

/** What only a server that is reached over HTTP refuses. */
final class Refusals {

    private Refusals() {}

    static ApiRefusal coded(int code, String message) {
        return new ApiRefusal(Reason.INVALID, message, ApiRefusal.Detail.code(code));
    }

    static ApiRefusal badRequest(String message) {
        return coded(400, message);
    }

    static ApiRefusal notFound(String message) {
        return new ApiRefusal(Reason.GONE, message);
    }

    static ApiRefusal expired(String message) {
        return coded(410, message);
    }

    /** What a real server does and this one does not. */
    static ApiRefusal notModelled(String what) {
        return coded(501, "the simulator does not model " + what);
    }

    static ApiRefusal methodNotAllowed() {
        return coded(405, "the server does not allow this method on the requested resource");
    }

    static ApiRefusal noSuchResource() {
        return notFound("the server could not find the requested resource");
    }
}
