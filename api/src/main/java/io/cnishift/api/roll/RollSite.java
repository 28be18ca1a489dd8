package io.cnishift.api.roll;

import io.cnishift.api.Finding;
import io.cnishift.api.Request;
import io.cnishift.api.cluster.Node;
import io.cnishift.api.cluster.NodeGroup;
import io.cnishift.api.cluster.View;
import java.util.List;
import java.util.Objects;

/**
 * One cluster whose nodes are to be replaced, what its user wants of it and what the new nodes are like.
 *
 * @param request what was asked
 * @param options what the user chose
 * @param newNodes what takes over
 */
public record RollSite(Request request, RollOptions options, NewNodes newNodes) {

    /** Nothing is missing. */
    public RollSite {
        Objects.requireNonNull(request);
        Objects.requireNonNull(options);
        Objects.requireNonNull(newNodes);
    }

    /** The cluster. */
    public View view() {
        return request.view();
    }

    /** Its nodes that a roll may be about. */
    public Fleet fleet() {
        return new Fleet(view(), newNodes.label());
    }

    /** The nodes that are replaced, in the order of the view. */
    public List<Node> nodes() {
        return fleet().nodes();
    }

    /** The groups that are replaced, in order of name. */
    public List<NodeGroup> groups() {
        return fleet().groups();
    }

    /** Whether new nodes come in the groups of the old ones. */
    public boolean sameGroup() {
        return options.nodes() == RollOptions.Nodes.SAME_GROUP;
    }

    /** A finding of the strategy that rolls. */
    Finding finding(RollCode code, String subject, String message, String remedy) {
        return code.of(newNodes, subject, message, remedy);
    }
}
