"""社区工作者: who works for the office, in which post since when, with what on file."""
