/**
 * Answers questions about the network of a real cluster: with a request to the API server, with one that the API server makes,
 * with a call to a load balancer, or with a pod that is there for one question.
 */
@NullMarked
package io.cnishift.adapters.reach;

import org.jspecify.annotations.NullMarked;
