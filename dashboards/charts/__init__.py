"""Figures of the pages: pure functions from small tables to pictures, without Streamlit."""
