/** A second cluster beside the first, and traffic moved by weight: blue and green. */
@NullMarked
package io.cnishift.strategy.newcluster;

import org.jspecify.annotations.NullMarked;
