"""Add up what citizens said and what offices did: measures, periods, sentences, pictures and tables."""
