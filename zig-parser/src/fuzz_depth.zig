//! Code that is counted keeps its deepest stack here. An object of its own: defined in counted
//! code, the name would be another.
export threadlocal var __sancov_lowest_stack: usize = 0;
